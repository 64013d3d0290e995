import fs from 'node:fs';
import { expect, test, type OpenApp } from '../fixtures/company';
import { violations } from '../fixtures/violations';

async function openSettings({ page }: OpenApp): Promise<void> {
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeFocused();
}

const isDark = ({ page }: OpenApp) =>
  page.evaluate(() => window.matchMedia('(prefers-color-scheme: dark)').matches);

test('a setting is written into the file, applied at once, and there after a restart', async ({
  company,
}) => {
  const { openApp, configFile } = await company({ registries: ['Acme'] });
  const before = fs.readFileSync(configFile, 'utf8');
  const app = await openApp();
  await openSettings(app);
  expect(await isDark(app)).toBe(false);
  await app.page.getByRole('radio', { name: 'Dark' }).click();
  await expect(app.page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect.poll(() => isDark(app)).toBe(true);
  expect(fs.readFileSync(configFile, 'utf8')).toBe(`${before}settings:\n  theme: dark\n`);
  await app.page.getByRole('button', { name: 'Support', exact: true }).click();
  await app.page.getByRole('tab', { name: 'Settings' }).click();
  await expect(app.page.getByRole('row', { name: /^theme dark You/ })).toContainText(configFile);
  await app.close();

  const again = await openApp();
  await expect.poll(() => isDark(again)).toBe(true);
  await openSettings(again);
  await again.page.getByRole('button', { name: 'Reset: Look' }).click();
  await expect(again.page.getByRole('radio', { name: 'As the system' })).toBeChecked();
  await expect.poll(() => isDark(again)).toBe(false);
});

test('a value that is not possible is refused with its code and nothing is written', async ({ company }) => {
  const { openApp, configFile } = await company({ registries: ['Acme'] });
  const before = fs.readFileSync(configFile, 'utf8');
  const app = await openApp();
  await openSettings(app);
  const seconds = app.page.getByRole('textbox', { name: 'Wait for the browser' });
  await seconds.fill('5');
  await seconds.press('Enter');
  await expect(app.page.getByRole('alert')).toHaveText(/at least 30.*CFG_INVALID/);
  expect(fs.readFileSync(configFile, 'utf8')).toBe(before);

  await seconds.fill('300');
  await seconds.press('Enter');
  await expect(app.page.getByRole('alert')).toHaveCount(0);
  await expect(app.page.getByRole('button', { name: 'Reset: Wait for the browser' })).toBeVisible();
  await app.page.getByRole('button', { name: 'Registries', exact: true }).click();
  await app.row('Acme').signInButton.click();
  await expect(app.row('Acme').item).toContainText('5 minutes');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the settings, ${colorScheme}`, async ({ company }) => {
    const { openApp } = await company({ registries: ['Acme'] });
    const app = await openApp();
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openSettings(app);
    const seconds = app.page.getByRole('textbox', { name: 'Wait for the browser' });
    await seconds.fill('soon');
    await seconds.press('Enter');
    await expect(app.page.getByRole('alert')).toBeVisible();
    expect(await violations(app)).toEqual([]);
  });
}
