import { finishSignIn } from '../servers/identity-provider';
import { expect, test } from '../fixtures/company';

test('a sign-in that is kept although something is wrong can be signed out of', async ({ company }) => {
  const { openApp, provider, registries } = await company({ registries: ['Acme'] });
  registries.get('Acme')?.rejectAllTokens();
  const app = await openApp();
  const row = app.row('Acme');
  await finishSignIn(await app.startSignIn('Acme'));
  await expect(row.problem).toContainText('REGISTRY_REJECTED_TOKEN');
  await expect(row.status).toHaveText(/^Needs attention.*alice@acme\.example/);
  await expect(row.signOutButton).toBeVisible();

  // After an error of another kind the row's own button is for signing in; the sign-in of before is kept all the same.
  await app.openDetails('Acme');
  await app.page.getByRole('button', { name: 'Use another account' }).click();
  const [, link = ''] = await app.openedUrls(2);
  await finishSignIn(link, { deny: true });
  await expect(row.problem).toContainText('LOGIN_DENIED');
  await expect(row.signInButton).toBeVisible();
  await row.item.getByRole('button', { name: 'Sign out of Acme' }).click();
  await expect(row.status).toHaveText(/^Signed out/);
  await expect(row.problem).toHaveCount(0);
  await expect.poll(() => provider.counts.revocation).toBe(1);
  await app.close();

  const again = await openApp();
  await expect(again.row('Acme').status).toHaveText(/^Signed out/);
});

test('one can sign out while another sign-in to the same registry waits in the browser', async ({
  company,
}) => {
  const { openApp, provider } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await app.openDetails('Acme');
  await app.page.getByRole('button', { name: 'Use another account' }).click();
  const [, link = ''] = await app.openedUrls(2);
  await expect(app.row('Acme').status).toHaveText(/^Signing in…/);
  await app.row('Acme').signOutButton.click();
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
  await expect.poll(() => provider.counts.revocation).toBe(1);
  await expect(finishSignIn(link)).rejects.toThrow(/ECONNREFUSED/);
});

test('an account that may not read a registry is told so in the list, and another one can be used', async ({
  company,
}) => {
  const { openApp, registries } = await company({ registries: ['Acme'] });
  registries.get('Acme')?.requireRole('administrator');
  const app = await openApp();
  const row = app.row('Acme');
  await app.signIn('Acme');
  await expect(row.problem).toContainText('REGISTRY_FORBIDDEN');
  await expect(row.status).toHaveText(/^Signed in.*alice@acme\.example/);

  await row.item.getByRole('button', { name: 'Use another account' }).click();
  const [, link = ''] = await app.openedUrls(2);
  expect(new URL(link).searchParams.get('prompt')).toBe('select_account');
  registries.get('Acme')?.requireRole(undefined);
  await finishSignIn(link, { user: 'bob@acme.example' });
  await expect(row.status).toHaveText(/^Signed in.*bob@acme\.example/);
  await expect(row.item).toContainText('The registry answers');
  await expect(row.problem).toHaveCount(0);
});
