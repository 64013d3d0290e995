import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { bundleForNode } from '../../src/main/vault/testing/bundle';
import { expect, test } from '../fixtures/company';
import { hostEnvironment } from '../fixtures/launch';
import { resolveHost } from '../fixtures/host';

const root = path.resolve(import.meta.dirname, '../..');
const children: ChildProcess[] = [];
test.afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Another program that works with the same profile; resolves with whether it got the profile's lock. */
async function startOther(profile: string) {
  const script = await bundleForNode(path.join(root, 'src/main/vault/testing/lock-holder.ts'));
  const child = spawn(process.execPath, [script, profile], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [got] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, got };
}

test('started while another program has the profile, the app says so, touches nothing, and can be ended', async ({
  company,
}) => {
  const { openApp, provider, userDataDir } = await company({ registries: ['Acme'] });
  const first = await openApp();
  await first.signIn('Acme');
  await first.close();
  const { got } = await startOther(userDataDir);
  expect(got).toBe('held');
  const counted = JSON.stringify(provider.counts);

  const app = await openApp();
  await expect(app.page.getByRole('heading', { name: 'Gatepass has stopped' })).toBeVisible();
  await expect(app.page.getByRole('alert')).toContainText('STORE_CONTENDED');
  const exited = once(app.electronApp.process(), 'exit');
  await app.page.getByRole('button', { name: 'Quit Gatepass' }).click();
  await exited;
  expect(JSON.stringify(provider.counts)).toBe(counted);
});

test('an app that slept until another took its profile stops on waking; nobody is signed out', async ({
  company,
}) => {
  const { openApp, provider, userDataDir } = await company({
    registries: ['Acme'],
    provider: { rotation: 'strict' },
  });
  const app = await openApp();
  await app.signIn('Acme');
  await expect(app.row('Acme').item).toContainText('The registry answers');
  const asleep = app.electronApp.process();
  asleep.kill('SIGSTOP');
  const lock = path.join(userDataDir, 'profile.lock');
  const longAgo = new Date(Date.now() - 60_000);
  fs.utimesSync(lock, longAgo, longAgo);
  const other = await startOther(userDataDir);
  expect(other.got).toBe('held');

  asleep.kill('SIGCONT');
  await expect(app.page.getByRole('heading', { name: 'Gatepass has stopped' })).toBeVisible();
  // Whatever a page may still send, only quitting is taken.
  await expect(app.checkNow('Acme')).rejects.toThrow('the app has stopped');
  await app.close();
  expect(fs.existsSync(lock)).toBe(true);
  expect(provider.counts.token.refresh_token).toBe(0);

  other.child.kill('SIGKILL');
  await once(other.child, 'exit');
  const again = await openApp();
  await expect(again.row('Acme').status).toHaveText(/^Signed in/);
  await again.checkNow('Acme');
  await expect(again.row('Acme').item).toContainText('The registry answers');
  expect(provider.counts.token).toEqual({ authorization_code: 1, refresh_token: 1 });
});

test('a second start shows the first one’s window and ends; neither refreshes twice', async ({ company }) => {
  const { openApp, provider, userDataDir } = await company({
    registries: ['Acme'],
    provider: { rotation: 'strict' },
  });
  const first = await openApp();
  await first.signIn('Acme');
  await first.close();
  const app = await openApp();
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  const seconds = Array.from({ length: 3 }, () =>
    spawn(resolveHost().executablePath, [root, `--user-data-dir=${userDataDir}`], {
      stdio: 'ignore',
      env: hostEnvironment({}),
    }),
  );
  children.push(...seconds);
  await Promise.all([...seconds.map((child) => once(child, 'exit')), app.checkNow('Acme')]);
  expect(app.electronApp.windows()).toHaveLength(1);
  await expect(app.row('Acme').item).toContainText('The registry answers');
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  expect(provider.counts.token).toEqual({ authorization_code: 1, refresh_token: 1 });
});

test('of five starts at once one shows its window; the others hand over and end, and nobody is signed out', async ({
  company,
}) => {
  const { openApp, provider, toolhiveFile, userDataDir } = await company({
    registries: ['Acme'],
    provider: { rotation: 'strict' },
  });
  const first = await openApp();
  await first.signIn('Acme');
  await first.close();
  const env = hostEnvironment({ XDG_CONFIG_HOME: path.dirname(path.dirname(toolhiveFile)) });
  const starts = Array.from({ length: 5 }, () =>
    spawn(resolveHost().executablePath, [root, `--user-data-dir=${userDataDir}`], { stdio: 'ignore', env }),
  );
  children.push(...starts);
  const ended = () => starts.flatMap(({ exitCode }) => (exitCode === null ? [] : [exitCode]));
  await expect.poll(ended).toEqual([0, 0, 0, 0]);
  const winner = starts.find(({ exitCode }) => exitCode === null);
  // It takes the profile when its window system is up, which may be long after the others ended; nobody may come before.
  await expect.poll(() => fs.existsSync(path.join(userDataDir, 'profile.lock'))).toBe(true);
  expect((await startOther(userDataDir)).got).toBe('STORE_CONTENDED');
  if (winner === undefined) throw new Error('None of the five is left');
  const gone = once(winner, 'exit');
  winner.kill('SIGKILL');
  await gone;

  const again = await openApp();
  await expect(again.row('Acme').status).toHaveText(/^Signed in/);
  await again.checkNow('Acme');
  await expect(again.row('Acme').item).toContainText('The registry answers');
  expect(provider.mostTokenRequestsAtOnce).toBe(1);
  const tokens = provider.issued.filter(({ kind }) => kind === 'refresh_token');
  expect(Math.max(...tokens.map(({ value }) => provider.timesPresented(value)))).toBe(1);
});
