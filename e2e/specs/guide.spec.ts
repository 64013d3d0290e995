import { createServer } from 'node:net';
import { expect, test } from '../fixtures/company';
import { violations } from '../fixtures/violations';

test('an error leads to its section of the guide by keyboard, and back to where one was', async ({
  company,
}) => {
  const { openApp, callbackPort } = await company({ registries: ['Acme'] });
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(callbackPort, '127.0.0.1', resolve));
  const app = await openApp();
  const acme = app.row('Acme');
  await acme.signInButton.click();
  await acme.problem.getByRole('button', { name: 'Details' }).click();
  const link = acme.problem.getByRole('button', { name: 'How to solve this: “The port is taken”' });
  await link.focus();
  await app.page.keyboard.press('Enter');
  const dialog = app.page.getByRole('dialog', { name: 'Support guide' });
  const heading = dialog.getByRole('heading', { name: 'The port is taken' });
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport();
  await expect(dialog).toContainText('Close the program (often thv');
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(app)).toEqual([]);
    await app.page.screenshot({ path: test.info().outputPath(`guide-${colorScheme}.png`) });
  }
  await app.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(link).toBeFocused();
  await new Promise((resolve) => other.close(resolve));
});
