import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures/company';
import { openSupport } from '../fixtures/support';
import { violations } from '../fixtures/violations';

const filesIn = (folder: string): string[] => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);

test('a damaged record is set aside, told with its owner where that is known, and deleted when a person says so', async ({
  company,
}) => {
  const { openApp, userDataDir, registries } = await company({ registries: ['Acme', 'Globex'] });
  const sessions = path.join(userDataDir, 'vault', 'sessions');
  const setAside = path.join(userDataDir, 'vault', 'set-aside');
  const first = await openApp();
  await first.signIn('Acme');
  const [acmeRecord = ''] = filesIn(sessions);
  await first.signIn('Globex');
  await first.close();
  const file = path.join(sessions, acmeRecord);
  fs.truncateSync(file, fs.statSync(file).size - 8);
  fs.writeFileSync(path.join(sessions, `${'0'.repeat(64)}.session`), 'not a record');

  // The profile is had only after a while, as from another start that has just looked at it: what is asked before waits.
  const gate = path.join(userDataDir, 'gate.lock');
  fs.mkdirSync(gate);
  const soon = new Date(Date.now() + 1_000);
  fs.utimesSync(gate, soon, soon);
  const app = await openApp();
  await openSupport(app, 'Recovery');
  const kept = app.page
    .getByRole('listitem')
    .filter({ has: app.page.getByRole('button', { name: 'Delete' }) });
  const known = kept.filter({ hasText: registries.get('Acme')?.url ?? '' });
  const unknown = kept.filter({ hasText: 'Cannot be told any more' });
  await expect(kept).toHaveCount(2);
  await expect(known).toContainText('alice@acme.example');

  await unknown.getByRole('button', { name: 'Delete' }).click();
  const dialog = app.page.getByRole('alertdialog', { name: 'Delete this sign-in?' });
  await expect(dialog).toContainText('It is deleted for good');
  expect(await violations(app)).toEqual([]);
  await dialog.getByRole('button', { name: 'Keep everything' }).click();
  await expect(kept).toHaveCount(2);
  expect(filesIn(setAside)).toHaveLength(2);

  await unknown.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(unknown).toHaveCount(0);
  await expect(known).toHaveCount(1);
  expect(filesIn(setAside).map((name) => name.slice(0, acmeRecord.length))).toEqual([acmeRecord]);
  await app.page.getByRole('button', { name: 'Registries', exact: true }).click();
  await expect(app.row('Globex').status).toHaveText(/^Signed in/);
});

test('resetting Gatepass keeps everything when cancelled, and does what it said when not', async ({
  company,
}) => {
  const { openApp, userDataDir, configFile, provider } = await company({ registries: ['Acme', 'Globex'] });
  fs.appendFileSync(configFile, 'settings: { theme: dark }\n');
  const configuration = fs.readFileSync(configFile, 'utf8');
  const sessions = path.join(userDataDir, 'vault', 'sessions');
  const setAside = path.join(userDataDir, 'vault', 'set-aside');
  fs.mkdirSync(sessions, { recursive: true });
  fs.writeFileSync(path.join(sessions, `${'0'.repeat(64)}.session`), 'not a record');
  const app = await openApp();
  await app.signIn('Acme');
  const records = filesIn(sessions);
  await openSupport(app, 'Recovery');
  const reset = app.page.getByRole('button', { name: 'Reset Gatepass…' });
  await reset.click();
  const dialog = app.page.getByRole('alertdialog', { name: 'Reset Gatepass?' });
  for (const lost of [
    'The sign-ins of all 2 registries are deleted from this computer.',
    'What was set aside and the sign-ins of registries that are gone are deleted too.',
    'the configuration file is renamed, not deleted',
    'the activity log stays',
  ])
    await expect(dialog).toContainText(lost);
  expect(await violations(app)).toEqual([]);
  await dialog.getByRole('button', { name: 'Keep everything' }).click();
  await expect(reset).toBeFocused();
  expect(filesIn(sessions)).toEqual(records);
  expect(filesIn(setAside)).toHaveLength(1);
  expect(fs.readFileSync(configFile, 'utf8')).toBe(configuration);

  await reset.click();
  await dialog.getByRole('button', { name: 'Reset Gatepass' }).click();
  await expect(dialog).toHaveCount(0);
  await app.page.getByRole('tab', { name: 'Settings' }).click();
  await expect(app.page.getByRole('row', { name: /^theme system/ })).toBeVisible();
  expect([...filesIn(sessions), ...filesIn(setAside)]).toEqual([]);
  await expect.poll(() => provider.counts.revocation).toBe(1);
  expect(fs.existsSync(configFile)).toBe(false);
  const [renamed = ''] = filesIn(userDataDir).filter((name) => name.startsWith('config.before-reset-'));
  expect(fs.readFileSync(path.join(userDataDir, renamed), 'utf8')).toBe(configuration);
  await app.page.getByRole('tab', { name: 'Activity' }).click();
  await expect(app.page.getByRole('row').filter({ hasText: 'Signed in' })).not.toHaveCount(0);
  await app.page.getByRole('button', { name: 'Registries', exact: true }).click();
  await expect(app.row('Acme').item).toHaveCount(0);
  await app.close();

  // Also after a restart: with the old file again nobody is signed in.
  fs.renameSync(path.join(userDataDir, renamed), configFile);
  const again = await openApp();
  for (const name of ['Acme', 'Globex']) await expect(again.row(name).status).toHaveText(/^Signed out/);
});
