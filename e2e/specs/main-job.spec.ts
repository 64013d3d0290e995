import { empty } from '../servers/answers';
import { finishSignIn } from '../servers/identity-provider';
import { expect, test } from '../fixtures/company';

test('a person signs in with one click and comes back to a green badge with the account', async ({
  company,
}) => {
  const { openApp, registries } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);

  const link = await app.startSignIn('Acme');
  await expect(app.row('Acme').status).toHaveText(/^Signing in…/);
  await expect(app.page.getByText('Waiting for you to finish in the browser')).toBeVisible();
  for (const name of ['Open again', 'Copy link', 'More time'])
    await expect(app.page.getByRole('button', { name }).first()).toBeVisible();

  const delivered = await finishSignIn(link, { user: 'bob@acme.example' });
  expect(delivered).toMatchObject({ status: 200 });
  expect(delivered.body).toContain('Gatepass');
  await expect(app.row('Acme').status).toHaveText(/^Signed in.*bob@acme\.example/);
  await expect(app.row('Acme').item).toContainText('The registry answers');
  expect(registries.get('Acme')?.authorizations.at(-1)).toMatch(/^Bearer /);
});

test('a restart restores the session without a browser', async ({ company }) => {
  const { openApp, provider } = await company({ registries: ['Acme'] });
  const first = await openApp();
  await first.signIn('Acme');
  await first.close();

  const second = await openApp();
  await expect(second.row('Acme').status).toHaveText(/^Signed in.*alice@acme\.example/);
  expect(second.browser.opened()).toEqual([]);
  await second.row('Acme').item.getByRole('button', { name: 'Acme', exact: true }).click();
  await second.page.getByRole('button', { name: /^Check now/ }).click();
  await expect(second.row('Acme').item).toContainText('The registry answers');
  expect(provider.counts.token.refresh_token).toBe(1);
});

test('signing out is immediate, survives a restart and revokes at the provider', async ({ company }) => {
  const { openApp, provider } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await app.row('Acme').signOutButton.click();
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
  await expect.poll(() => provider.counts.revocation).toBe(1);
  await app.close();

  const again = await openApp();
  await expect(again.row('Acme').status).toHaveText(/^Signed out/);
});

test('signing out of one of two registries of one provider leaves the other signed in', async ({
  company,
}) => {
  const { openApp, provider, registries } = await company({ registries: ['Engineering', 'Finance'] });
  const app = await openApp();
  await app.signIn('Engineering');
  await app.signIn('Finance');
  await expect(app.row('Finance').item).toContainText('The registry answers');
  await app.row('Engineering').signOutButton.click();
  await expect(app.row('Engineering').status).toHaveText(/^Signed out/);

  // Refused once, so that the provider is asked whether the session still lives.
  registries.get('Finance')?.list.answerOnce(empty(401));
  await app.openDetails('Finance');
  await app.page.getByRole('button', { name: /^Check now/ }).click();
  await expect.poll(() => provider.counts.token.refresh_token).toBe(1);
  await expect(app.row('Finance').item).toContainText('The registry answers');
  await expect(app.row('Finance').status).toHaveText(/^Signed in/);
  expect(provider.counts.revocation).toBe(0);
});

test('cancel ends a sign-in within a second and leaves nothing behind', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp();
  const link = await app.startSignIn('Acme');
  await app.row('Acme').cancelButton.click();
  // The promise to a person, so it is measured on the clock of the wall.
  await expect(app.row('Acme').status).toHaveText(/^Signed out/, { timeout: 1000 });
  await expect(finishSignIn(link)).rejects.toThrow(/ECONNREFUSED/);
});

test('a sign-in that is refused at the provider says so and offers to try again', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await finishSignIn(await app.startSignIn('Acme'), { deny: true });
  await expect(app.row('Acme').problem).toContainText('LOGIN_DENIED');
  await expect(app.row('Acme').status).toHaveText(/^Needs attention/);
  await app.signIn('Acme');
});
