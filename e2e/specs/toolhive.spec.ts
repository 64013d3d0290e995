import fs from 'node:fs';
import path from 'node:path';
import { type Company, expect, type OpenApp, test } from '../fixtures/company';
import { violations } from '../fixtures/violations';

/** What `thv` wrote after its own sign-in to the company's registry. */
const signedInThv = ({ registries, provider, callbackPort }: Company): string =>
  `registry_api_url: ${registries.get('Acme')?.url ?? ''}
allow_private_registry_ip: true
registry_auth:
  type: oauth
  oauth:
    issuer: ${provider.issuer}
    client_id: gatepass
    audience: https://acme.acme.example
    callback_port: ${callbackPort}
    cached_refresh_token_ref: REGISTRY_OAUTH_0478fe14
    cached_token_expiry: 2026-01-15T09:00:00+01:00
`;

function writeToolhive({ toolhiveFile }: Company, text: string): void {
  fs.mkdirSync(path.dirname(toolhiveFile), { recursive: true });
  fs.writeFileSync(toolhiveFile, text);
}

const name = '127.0.0.1';
const rows = ({ page }: OpenApp) => page.getByRole('list', { name: 'Registries' }).getByRole('listitem');

test('the registry of ToolHive is signed in to, kept as one’s own, and never listed twice', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  const text = signedInThv(acme);
  fs.rmSync(acme.configFile);
  writeToolhive(acme, text);
  const app = await acme.openApp();
  const { page } = app;
  await app.signIn(name);
  await app.openDetails(name);
  const details = page.getByRole('region', { name });
  await expect(details).toContainText('Taken over from ToolHive');
  await expect(details).toContainText('thv: signed in.');

  await details.getByRole('button', { name: 'Keep as my own…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: `Keep ${name} as your own?` });
  await expect(dialog).toContainText('You stay signed in.');
  await expect(dialog).toContainText(new URL(acme.provider.issuer).host);
  expect(await violations(app)).toEqual([]);
  await expect(dialog.getByRole('button', { name: 'Keep as my own' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(details).toContainText('Added on this computer');
  await expect(details.getByRole('heading', { name })).toBeFocused();
  await expect(rows(app)).toHaveCount(1);
  await expect(app.row(name).status).toHaveText(/^Signed in.*alice/);
  expect(app.browser.opened()).toHaveLength(1);
  expect(fs.readFileSync(acme.toolhiveFile, 'utf8')).toBe(text);

  // It no longer depends on ToolHive, whatever happens to that: its file is damaged, and then gone.
  writeToolhive(acme, 'registry_api_url: [');
  await expect(page.getByRole('alert').filter({ hasText: acme.toolhiveFile }).first()).toBeVisible();
  fs.rmSync(acme.toolhiveFile);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await app.checkNow('toolhive');
  await expect(app.row(name).status).toHaveText(/^Signed in.*alice/);

  // And back: without an own entry ToolHive's is listed again.
  writeToolhive(acme, text);
  await details.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(details).toContainText('Taken over from ToolHive');
  await expect(rows(app)).toHaveCount(1);
});
