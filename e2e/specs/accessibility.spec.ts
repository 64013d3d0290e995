import { expect, test } from '../fixtures/company';
import { violations } from '../fixtures/violations';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any state of the main job, ${colorScheme}`, async ({ company }) => {
    const { openApp, provider, registries } = await company({ registries: ['Engineering', 'Finance'] });
    const app = await openApp();
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(app), 'signed out').toEqual([]);
    await app.startSignIn('Finance');
    await expect(app.page.getByText('Waiting for you to finish in the browser')).toBeVisible();
    expect(await violations(app), 'signing in').toEqual([]);
    await app.row('Finance').cancelButton.click();
    await app.signIn('Engineering');
    await expect(app.row('Engineering').item).toContainText('The registry answers');
    await app.openDetails('Engineering');
    expect(await violations(app), 'signed in, with details').toEqual([]);
    provider.revokeGrants();
    registries.get('Engineering')?.rejectAllTokens();
    await app.checkNow('Engineering');
    await expect(app.row('Engineering').status).toHaveText(/^Session expired/);
    expect(await violations(app), 'expired').toEqual([]);
    expect(await app.page.getAttribute('html', 'lang')).toBe('en');
  });
}

test('the main job can be done with the keyboard alone', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
  await app.row('Acme').signInButton.focus();
  await app.page.keyboard.press('Enter');
  await expect(app.row('Acme').status).toHaveText(/^Signing in…/);
  await app.page.keyboard.press('Escape');
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
  await expect(app.row('Acme').signInButton).toBeFocused();
});
