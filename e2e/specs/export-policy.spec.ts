import fs from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { expect, type OpenApp, test } from '../fixtures/company';
import { answerDialog } from '../fixtures/save-dialog';

async function exportTo(app: OpenApp, filePath: string | undefined): Promise<void> {
  await answerDialog(app, filePath);
  await app.page.keyboard.press('Control+,');
  await app.page.getByRole('button', { name: 'Export my settings as a policy…' }).press('Enter');
}

test('what one person has set up becomes the policy of a computer that has nothing yet', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme', 'Beta'] });
  fs.appendFileSync(acme.configFile, 'settings:\n  sign_in_timeout_seconds: 300\n');
  const app = await acme.openApp();
  await app.signIn('Acme');
  const file = path.join(acme.userDataDir, 'exported.yaml');
  await exportTo(app, file);
  await expect(app.page.getByText(`Saved as ${file}`).first()).toBeVisible();
  await app.close();
  const text = fs.readFileSync(file, 'utf8');
  const schema = JSON.parse(fs.readFileSync('docs/enterprise/policy.schema.json', 'utf8')) as object;
  const validate = new Ajv2020({ strictTypes: false }).compile(schema);
  expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  expect(text).not.toContain('alice');

  fs.rmSync(acme.configFile);
  fs.writeFileSync(acme.policyFile, text);
  const managed = await acme.openApp();
  for (const name of ['Acme', 'Beta'])
    await expect(
      managed.row(name).item.getByRole('img', { name: 'Managed by your organization' }),
    ).toBeVisible();
  // The same registry, issuer and client: the sign-in is still there.
  await expect(managed.row('Acme').status).toHaveText(/^Signed in.*alice/);
  await managed.page.keyboard.press('Control+,');
  await expect(managed.page.getByRole('textbox', { name: 'Wait for the browser' })).toHaveValue('300');
});

test('closing the dialog writes nothing, and a folder that refuses is said', async ({ company }) => {
  const acme = await company({ registries: ['Acme'] });
  const app = await acme.openApp();
  // The app and the browser in it keep files of their own there, and make them when they like.
  const policies = () => fs.readdirSync(acme.userDataDir).filter((name) => /policy|\.ya?ml/.test(name));
  const before = policies();
  await exportTo(app, undefined);
  await exportTo(app, path.join(acme.userDataDir, 'not-there', 'policy.yaml'));
  await expect(app.page.getByRole('alert')).toContainText('FILE_NOT_SAVED');
  expect(policies()).toEqual(before);
});
