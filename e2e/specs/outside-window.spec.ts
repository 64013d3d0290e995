import fs from 'node:fs';
import path from 'node:path';
import type { Notification } from 'electron';
import { expect, test, type OpenApp } from '../fixtures/company';
import { watchTray } from '../fixtures/tray';

interface Noted {
  notifications?: Notification[];
}

/** Notes what is shown from now on: nothing in Electron lists it. */
const watchNotifications = ({ electronApp }: OpenApp) =>
  electronApp.evaluate(({ Notification: Shown }) => {
    const noted: Notification[] = [];
    Object.assign(globalThis, { notifications: noted } satisfies Noted);
    const show: unknown = Reflect.get(Shown.prototype, 'show');
    Reflect.set(Shown.prototype, 'show', function (this: Notification) {
      noted.push(this);
      if (typeof show === 'function') Reflect.apply(show, this, []);
    });
  });

const notifications = ({ electronApp }: OpenApp) =>
  electronApp.evaluate(() =>
    ((globalThis as Noted).notifications ?? []).map(({ title, body }) => `${title}. ${body}`),
  );

const isWindowShown = ({ electronApp }: OpenApp) =>
  electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((one) => one.isVisible()));

test('a session that ends while the window is closed is told once, and the notification leads to it', async ({
  company,
}) => {
  const names = ['Acme', 'Globex'] as const;
  const { openApp, provider, registries, configFile } = await company({ registries: names });
  fs.appendFileSync(configFile, 'settings: { keep_running: true }\n');
  const app = await openApp();
  await watchNotifications(app);
  for (const name of names) {
    await app.signIn(name);
    await expect(app.row(name).item).toContainText('The registry answers');
  }
  await app.electronApp.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await expect.poll(() => isWindowShown(app)).toBe(false);

  provider.revokeGrants();
  const told: string[] = [];
  for (const name of names) {
    registries.get(name)?.rejectAllTokens();
    await app.checkNow(name);
    await expect(app.row(name).status).toHaveText(/^Session expired/);
    told.push(`Your session at ${name} ended. Sign in again to keep using it.`);
    // Also the second time: were the first end told again, it would be together with the second one.
    await expect.poll(() => notifications(app)).toEqual(told);
    await app.checkNow('Acme');
  }
  await app.electronApp.evaluate(() => (globalThis as Noted).notifications?.[0]?.emit('click'));
  await expect.poll(() => isWindowShown(app)).toBe(true);
  expect(await notifications(app)).toEqual(told);
});

test('a policy lets the app start at login, without a window, and takes it back', async ({ company }) => {
  const { openApp, policyFile, toolhiveFile } = await company({ registries: ['Acme'] });
  const entry = path.resolve(path.dirname(toolhiveFile), '../autostart/gatepass.desktop');
  fs.writeFileSync(policyFile, 'enforced: { settings: { launch_at_login: true, keep_running: true } }\n');
  const app = await openApp(['--hidden']);
  const written = () => (fs.existsSync(entry) ? fs.readFileSync(entry, 'utf8') : '');
  await expect.poll(written).toMatch(/^Exec="[^"]+".* "--hidden"$/m);
  expect(await isWindowShown(app)).toBe(false);
  const tray = await watchTray(app.electronApp);
  fs.rmSync(policyFile);
  await expect.poll(() => fs.existsSync(entry)).toBe(false);
  await expect.poll(tray.labels).toContain('Open Gatepass');
  await tray.press('Open Gatepass');
  await expect.poll(() => isWindowShown(app)).toBe(true);
});

test('an entry for the start at login that cannot be written is named, with where it was asked for', async ({
  company,
}) => {
  const { openApp, configFile, toolhiveFile } = await company({ registries: ['Acme'] });
  fs.writeFileSync(path.resolve(path.dirname(toolhiveFile), '../autostart'), 'not a folder');
  fs.appendFileSync(configFile, 'settings:\n  launch_at_login: true\n');
  const line = fs.readFileSync(configFile, 'utf8').trimEnd().split('\n').length;
  const app = await openApp();
  const banner = app.page.getByRole('alert').filter({ hasText: 'LAUNCH_AT_LOGIN_FAILED' });
  await expect(banner).toContainText(`${configFile}:${line}`);
});
