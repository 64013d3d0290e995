import { chromium } from '@playwright/test';
import { expect, test } from '../fixtures/company';

test('a person finishes in a real browser and lands on a page that sends them back', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp();
  const link = await app.startSignIn('Acme');
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'Return to Gatepass' })).toBeVisible();
    expect(await page.evaluate(() => document.scripts.length)).toBe(0);
    await expect(app.row('Acme').status).toHaveText(/^Signed in.*alice@acme\.example/);

    // Going back and reloading are what people do next; neither may disturb the session.
    await page.reload().catch(() => undefined);
    await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  } finally {
    await browser.close();
  }
});
