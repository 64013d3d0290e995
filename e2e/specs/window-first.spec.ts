import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { expect, test } from '../fixtures/company';

test('the window shows before the configuration has answered', async ({ company }) => {
  const { openApp, configFile } = await company({ registries: ['Acme'] });
  const good = fs.readFileSync(configFile);
  fs.rmSync(configFile);
  // Reading a pipe that nobody writes to is a disk that does not answer.
  execFileSync('mkfifo', [configFile]);
  const app = await openApp();
  await expect(app.page.getByRole('main')).toBeVisible();
  await expect(app.page.getByRole('list', { name: 'Registries' })).toHaveCount(0);
  fs.rmSync(configFile);
  fs.writeFileSync(configFile, good);
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
});

test('a keychain that never answers does not keep anybody from signing in', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp([], { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' });
  await app.signIn('Acme');
  await expect(app.row('Acme').item).toContainText('Won’t be remembered after you quit');
});

test('the window opens where it was closed', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const first = await openApp();
  const place = { x: 120, y: 90, width: 800, height: 600 };
  await first.electronApp.evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
  }, place);
  await first.close();
  const again = await openApp();
  const bounds = () =>
    again.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await expect.poll(bounds).toEqual(place);
});
