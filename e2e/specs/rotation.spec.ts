import { expect, test } from '../fixtures/company';
import { empty } from '../servers/answers';

test('twenty forced refreshes under strict rotation and a restart later the session is still good', async ({
  company,
}) => {
  const { openApp, provider, registries } = await company({
    registries: ['Acme'],
    provider: { rotation: 'strict' },
  });
  // Asked once after a sign-in, at a moment of the app's own: were it refused then, it would be a refresh more.
  registries.get('Acme')?.me.answerWith(empty(404));
  const app = await openApp();
  await app.signIn('Acme');
  await expect(app.row('Acme').item).toContainText('The registry answers');
  // A registry that refuses a token makes the app refresh at once, however fresh the token is.
  registries.get('Acme')?.rejectAllTokens();
  for (let round = 1; round <= 20; round++) await app.checkNow('Acme');
  expect(provider.counts.token.refresh_token).toBe(20);
  await expect(app.row('Acme').problem).toContainText('REGISTRY_REJECTED_TOKEN');
  registries.get('Acme')?.rejectAllTokens(false);
  await app.checkNow('Acme');
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  const presented = provider.issued
    .filter(({ kind }) => kind === 'refresh_token')
    .map(({ value }) => provider.timesPresented(value));
  expect(Math.max(...presented)).toBe(1);
  await app.close();

  const again = await openApp();
  await expect(again.row('Acme').status).toHaveText(/^Signed in/);
  await again.checkNow('Acme');
  await expect(again.row('Acme').item).toContainText('The registry answers');
  expect(provider.counts.token.authorization_code).toBe(1);
});

test('a session that the provider revoked shows as expired after the next use, and signing in again stays good', async ({
  company,
}) => {
  const { openApp, provider, registries } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await expect(app.row('Acme').item).toContainText('The registry answers');
  provider.revokeGrants();
  registries.get('Acme')?.rejectAllTokens();
  await app.checkNow('Acme');
  await expect(app.row('Acme').status).toHaveText(/^Session expired/);
  await expect(app.row('Acme').problem).toContainText('SESSION_ENDED');

  registries.get('Acme')?.rejectAllTokens(false);
  await app.signIn('Acme');
  await app.checkNow('Acme');
  await expect(app.row('Acme').item).toContainText('The registry answers');
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  await app.close();
  const again = await openApp();
  await expect(again.row('Acme').status).toHaveText(/^Signed in/);
  await again.checkNow('Acme');
  await expect(again.row('Acme').item).toContainText('The registry answers');
  await expect(again.row('Acme').status).toHaveText(/^Signed in/);
});
