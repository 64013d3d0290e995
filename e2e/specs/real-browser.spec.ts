import { expect, test } from '../fixtures/company';
import { realBrowser } from '../fixtures/real-browser';

test.use(realBrowser);

test('a person finishes in a real browser and lands on a page that sends them back', async ({
  company,
  page,
}) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await page.goto(await app.startSignIn('Acme'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Return to Gatepass' })).toBeVisible();
  expect(await page.evaluate(() => document.scripts.length)).toBe(0);
  await expect(app.row('Acme').status).toHaveText(/^Signed in.*alice@acme\.example/);

  // Going back and reloading are what people do next; neither may disturb the session.
  await page.reload().catch(() => undefined);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
});
