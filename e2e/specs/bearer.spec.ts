import fs from 'node:fs';
import path from 'node:path';
import { addToken, issueToken, readClipboard, takeTokens, writeClipboard } from '../fixtures/bearer';
import { expect, test } from '../fixtures/company';
import { configureGateway, curl, findGateway } from '../fixtures/gateway';
import { violations } from '../fixtures/violations';

test('a person gives a token by the clipboard, once; it is used, sealed, and there after a restart', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  takeTokens(acme, 'acme');
  const app = await acme.openApp();
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);

  await writeClipboard(app, 'a shopping list');
  await addToken(app, 'Acme');
  await expect(app.page.getByRole('dialog').getByRole('alert')).toContainText('TOKEN_UNUSABLE');
  expect(await violations(app)).toEqual([]);
  expect(await readClipboard(app)).toBe('a shopping list');
  const token = await issueToken(acme, 'Acme');
  await writeClipboard(app, `${token}\n`);
  await app.page.getByRole('button', { name: 'Use the token on the clipboard' }).click();
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  await expect(app.row('Acme').item).toContainText('The registry answers');
  expect(await readClipboard(app)).toBe('');
  // Whether it answers, and then once as whom it knows the token (`/v1/me`).
  await expect
    .poll(() => acme.registries.get('Acme')?.authorizations)
    .toEqual([`Bearer ${token}`, `Bearer ${token}`]);
  await app.close();

  const again = await acme.openApp();
  await expect(again.row('Acme').status).toHaveText(/^Signed in/);
  await again.openDetails('Acme');
  await again.page.getByRole('button', { name: 'Remove token of Acme' }).click();
  await expect(again.row('Acme').status).toHaveText(/^Signed out/);
  const vault = fs.readdirSync(path.join(acme.userDataDir, 'vault'));
  expect(vault.filter((name) => name.startsWith('token-'))).toEqual([]);
});

test('a token file: warned of when others can read it, refused by name, and read again when it is renewed', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  const file = path.join(acme.userDataDir, 'token-of-acme');
  fs.writeFileSync(file, 'expired.token', { mode: 0o644 });
  takeTokens(acme, 'acme', `{ token_file: ${file} }`);
  const app = await acme.openApp();
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  await expect(app.row('Acme').problem).toContainText('TOKEN_FILE_EXPOSED');

  await app.checkNow('Acme');
  await expect(app.row('Acme').status).toHaveText(/^Needs attention/);
  await expect(app.row('Acme').problem).toContainText(`refused the token that comes from the file ${file}`);
  await app.page.getByRole('button', { name: 'Replace token of Acme' }).first().click();
  await expect(app.page.getByRole('dialog')).toContainText(file);
  await app.page.getByRole('button', { name: 'Close', exact: true }).click();

  const token = await issueToken(acme, 'Acme');
  fs.writeFileSync(`${file}.new`, token, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  await expect(app.row('Acme').item).toContainText('The registry answers');
  await expect(app.row('Acme').problem).toHaveCount(0);
  expect(acme.registries.get('Acme')?.authorizations.at(-1)).toBe(`Bearer ${token}`);
});

test('a token of the environment comes first, and programs read through the gateway with it', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  takeTokens(acme, 'acme');
  configureGateway(acme, '{ enabled: true }');
  const token = await issueToken(acme, 'Acme');
  const app = await acme.openApp([], { GATEPASS_REGISTRY_TOKEN_ACME: token });
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  await app.openDetails('Acme');
  await expect(app.page.getByText('GATEPASS_REGISTRY_TOKEN_ACME')).toBeVisible();

  const gateway = await findGateway(acme);
  const listed = await curl(gateway, '/registry/acme/v0.1/servers?limit=1');
  expect(listed).toMatchObject({ status: 200, body: { metadata: { count: 1 } } });
  acme.registries.get('Acme')?.rejectAllTokens();
  expect(await curl(gateway, '/registry/acme/v0.1/servers')).toMatchObject({
    status: 503,
    body: { code: 'registry_auth_required' },
  });
  await expect(app.row('Acme').problem).toContainText('environment variable GATEPASS_REGISTRY_TOKEN_ACME');
});
