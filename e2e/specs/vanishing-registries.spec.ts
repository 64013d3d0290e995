import fs from 'node:fs';
import path from 'node:path';
import { configurationOf, expect, test } from '../fixtures/company';

const day = 24 * 60 * 60 * 1000;

test('a policy that is redeployed signs nobody out: its sign-ins are listed while it is gone, and live again', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'], provider: { rotation: 'strict' } });
  const policy = `enforced:\n${configurationOf(acme).replaceAll(/^(?=.)/gm, '  ')}`;
  fs.rmSync(acme.configFile);
  fs.writeFileSync(acme.policyFile, policy);
  const app = await acme.openApp();
  await app.signIn('Acme', 'bob@acme.example');
  await expect(app.row('Acme').item).toContainText('The registry answers');

  fs.rmSync(acme.policyFile);
  await expect(app.row('Acme').item).toHaveCount(0);
  await app.page.getByRole('button', { name: 'Support', exact: true }).click();
  const kept = app.page.locator('section', { hasText: 'Sign-ins of registries that are gone' });
  await expect(kept.getByText('bob@acme.example · gone since')).toBeVisible();
  await app.page.getByRole('button', { name: 'Registries', exact: true }).click();

  fs.writeFileSync(acme.policyFile, policy);
  await expect(app.row('Acme').status).toHaveText(/^Signed in.*bob@acme\.example/);
  await app.checkNow('Acme');
  await expect(app.row('Acme').item).toContainText('The registry answers');
  await expect(kept).toHaveCount(0);
  expect(acme.provider.counts.token.authorization_code).toBe(1);
  expect(acme.provider.counts.revocation).toBe(0);
});

test('a file that is cut for a moment, while the app runs or while it starts, signs nobody out', async ({
  company,
}) => {
  const { configFile, openApp, provider } = await company({ registries: ['Acme', 'Globex'] });
  const whole = fs.readFileSync(configFile);
  const app = await openApp();
  await app.signIn('Acme');
  await app.signIn('Globex');
  const cuts: [number, () => Promise<void>][] = [
    // As an editor does that truncates first and writes then.
    [0, () => expect(app.row('Acme').item).toHaveCount(0)],
    // In the middle of a line: what was read last stays in force.
    [Math.floor(whole.length / 2), () => expect(app.page.locator('.banner')).toBeVisible()],
  ];
  for (const [length, isSeen] of cuts) {
    fs.writeFileSync(configFile, whole.subarray(0, length));
    await isSeen();
    fs.writeFileSync(configFile, whole);
    for (const name of ['Acme', 'Globex']) {
      await expect(app.row(name).status).toHaveText(/^Signed in/);
      await app.checkNow(name);
      await expect(app.row(name).item).toContainText('The registry answers');
    }
  }
  await app.close();

  fs.writeFileSync(configFile, '');
  const cut = await openApp();
  await expect(cut.page.getByText('No registries yet.')).toBeVisible();
  fs.writeFileSync(configFile, whole);
  await expect(cut.row('Acme').status).toHaveText(/^Signed in/);
  await cut.checkNow('Acme');
  await expect(cut.row('Acme').item).toContainText('The registry answers');
  expect(provider.counts.token.authorization_code).toBe(2);
});

test('a sign-in is kept for 30 days after its registry is gone, and is then deleted', async ({ company }) => {
  const { configFile, openApp, userDataDir } = await company({ registries: ['Acme', 'Globex'] });
  const whole = fs.readFileSync(configFile, 'utf8');
  const first = await openApp();
  await first.signIn('Acme');
  await first.signIn('Globex');
  fs.writeFileSync(configFile, 'version: 1\nregistries: []\n');
  await expect(first.row('Acme').item).toHaveCount(0);
  await first.close();
  const list = path.join(userDataDir, 'vault', 'vanished.json');
  const vanished = JSON.parse(fs.readFileSync(list, 'utf8')) as { version: 1; since: Record<string, number> };
  const [one = '', other = ''] = Object.keys(vanished.since);
  const at = (days: number): number => Date.now() - days * day;
  fs.writeFileSync(list, JSON.stringify({ ...vanished, since: { [one]: at(29), [other]: at(31) } }));

  const second = await openApp();
  await expect(second.page.getByText('No registries yet.')).toBeVisible();
  await expect
    .poll(() => fs.readdirSync(path.join(userDataDir, 'vault', 'sessions')))
    .toEqual([`${one}.session`]);
  fs.writeFileSync(configFile, whole);
  const statuses = ['Acme', 'Globex'].map((name) => second.row(name).status);
  await expect(second.page.getByRole('list', { name: 'Registries' })).toBeVisible();
  const texts = await Promise.all(statuses.map((status) => status.textContent()));
  expect(texts.filter((text) => text?.startsWith('Signed in'))).toHaveLength(1);
  expect(texts.filter((text) => text?.startsWith('Signed out'))).toHaveLength(1);
});
