import fs from 'node:fs';
import { expect, test } from '../fixtures/company';

test('an edit of the configuration is applied live, and one bad entry never hides the good ones', async ({
  company,
}) => {
  const { openApp, configFile } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  const good = fs.readFileSync(configFile, 'utf8');

  const bad = '  - id: bad\n    name: Bad\n    url: ftp://mcp.bad.example\n';
  fs.writeFileSync(configFile, `${good}${bad}  - name: Open\n    url: https://open.acme.example\n`);
  await expect(app.row('Open').status).toHaveText(/^No sign-in needed/);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  await expect(app.row('Bad').status).toHaveText(/^Needs attention/);
  await expect(app.page.getByRole('alert').filter({ hasText: 'CFG_URL_SCHEME' }).first()).toBeVisible();

  fs.writeFileSync(configFile, 'registries: [');
  await expect(app.page.getByRole('alert').filter({ hasText: 'CFG_INVALID' }).first()).toBeVisible();
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);

  fs.writeFileSync(configFile, good);
  await expect(app.row('Open').item).toHaveCount(0);
  await expect(app.page.getByRole('alert')).toHaveCount(0);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
});

test('the single-registry form that is deployed for ToolHive is read as it is', async ({ company }) => {
  const { openApp, configFile, provider, registries } = await company({ registries: ['Acme'] });
  fs.writeFileSync(
    configFile,
    `registry_api_url: ${registries.get('Acme')?.url ?? ''}
allow_private_registry_ip: true
registry_auth:
  type: oauth
  oauth:
    issuer: ${provider.issuer}
    client_id: gatepass
    callback_port: 8666
`,
  );
  const app = await openApp();
  const row = app.page.getByRole('list', { name: 'Registries' }).getByRole('listitem');
  await expect(row).toHaveCount(1);
  await expect(row.locator('[data-part="status"]')).toHaveText(/^Signed out/);
});

test('with nothing configured there is one sentence and one button', async ({ company }) => {
  const { openApp, configFile } = await company({ registries: [] });
  fs.rmSync(configFile);
  const app = await openApp();
  await expect(app.page.getByText('No registries yet. Add the one your company gave you.')).toBeVisible();
});
