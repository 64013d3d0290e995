import fs from 'node:fs';
import path from 'node:path';
import { expect, test, type OpenApp } from '../fixtures/company';
import { watchTray } from '../fixtures/tray';

/** What a person does with the window's own button. */
const closeWindow = ({ electronApp }: OpenApp) =>
  electronApp.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });

const isWindowShown = ({ electronApp }: OpenApp) =>
  electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((one) => one.isVisible()));

test('with “Keep running” the closed window stays in the tray, which tells who is signed in and leads back', async ({
  company,
}) => {
  const { openApp } = await company({ registries: ['Acme', 'Beta'] });
  const app = await openApp();
  const tray = await watchTray(app.electronApp);
  await app.page.keyboard.press('Control+,');
  await app.page.getByRole('switch', { name: 'Keep running' }).click();
  await expect.poll(tray.labels).toEqual(['Open Gatepass', 'Signed out: 2', 'Quit Gatepass']);

  await closeWindow(app);
  await expect.poll(() => isWindowShown(app)).toBe(false);
  await tray.press('Open Gatepass');
  await expect.poll(() => isWindowShown(app)).toBe(true);
  await app.page.getByRole('button', { name: 'Registries', exact: true }).click();
  await app.signIn('Acme');
  await expect.poll(tray.labels).toEqual(['Open Gatepass', 'Signed out: 1', 'Signed in: 1', 'Quit Gatepass']);

  await closeWindow(app);
  const ended = app.electronApp.waitForEvent('close');
  await tray.press('Quit Gatepass');
  await ended;
});

test('the gateway keeps the app in the tray too; without either, closing the window ends the app', async ({
  company,
}) => {
  const { openApp, configFile, userDataDir } = await company({ registries: ['Acme'] });
  const plain = fs.readFileSync(configFile, 'utf8');
  const app = await openApp();
  const tray = await watchTray(app.electronApp);
  fs.writeFileSync(configFile, `${plain}settings:\n  gateway: { enabled: true }\n`);
  await expect.poll(tray.labels).toContain('Signed out: 1');
  await closeWindow(app);
  await expect.poll(() => isWindowShown(app)).toBe(false);

  // The way back stays while the window is hidden, whatever the settings say by now.
  fs.writeFileSync(configFile, plain);
  await expect.poll(() => fs.existsSync(path.join(userDataDir, 'gateway.json'))).toBe(false);
  expect(await tray.labels()).toContain('Open Gatepass');
  await tray.press('Open Gatepass');
  await expect.poll(() => isWindowShown(app)).toBe(true);
  await expect.poll(tray.labels).toBeUndefined();
  const ended = app.electronApp.waitForEvent('close');
  await closeWindow(app);
  await ended;
});
