import fs from 'node:fs';
import path from 'node:path';
import { type Company, configurationOf, expect, test } from '../fixtures/company';

/** The three registries of the company as a policy enforces them. */
const enforced = (company: Company): string =>
  `enforced:\n${configurationOf(company).replaceAll(/^(?=.)/gm, '  ')}`;

const own = '  - id: own\n    name: Own\n    url: https://own.example\n';

test('a policy appears and goes without a restart, and leaves a person what is theirs', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme', 'Beta', 'Gamma'] });
  fs.writeFileSync(acme.configFile, `registries:\n${own}`);
  const app = await acme.openApp();
  await expect(app.row('Own').item).toBeVisible();
  await expect(app.row('Acme').item).toHaveCount(0);

  fs.writeFileSync(acme.policyFile, enforced(acme));
  for (const name of ['Acme', 'Beta', 'Gamma']) await expect(app.row(name).status).toHaveText(/^Signed out/);
  await app.signIn('Acme');
  await expect(app.row('Own').item).toBeVisible();

  fs.rmSync(acme.policyFile);
  for (const name of ['Acme', 'Beta', 'Gamma']) await expect(app.row(name).item).toHaveCount(0);
  await expect(app.row('Own').item).toBeVisible();
  expect(fs.readFileSync(acme.configFile, 'utf8')).toBe(`registries:\n${own}`);
});

test('on a first day with a policy there is nothing to answer: its registries are there, to be signed in to', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme', 'Beta'] });
  fs.rmSync(acme.configFile);
  fs.writeFileSync(acme.policyFile, enforced(acme));
  const app = await acme.openApp();
  await expect(app.row('Acme').signInButton).toBeVisible();
  for (const question of ['dialog', 'alertdialog', 'textbox', 'checkbox'] as const)
    await expect(app.page.getByRole(question)).toHaveCount(0);
  await expect(app.page.getByText('No registries yet.')).toHaveCount(0);
  await app.signIn('Acme');
  expect(fs.existsSync(acme.configFile)).toBe(false);
});

test('ToolHive’s registry is listed beside one’s own', async ({ company }) => {
  const { openApp, toolhiveFile, configFile } = await company({ registries: [] });
  fs.rmSync(configFile);
  fs.mkdirSync(path.dirname(toolhiveFile), { recursive: true });
  fs.writeFileSync(toolhiveFile, 'registry_url: https://static.acme.example/registry.json\n');
  const app = await openApp();
  await expect(app.row('static.acme.example').status).toHaveText(/^No sign-in needed/);
});
