import { expect, test } from '../fixtures/company';
import { type Keyring, startKeyring } from '../fixtures/keyring';

let keyring: Keyring;
test.beforeEach(async () => {
  keyring = await startKeyring();
});
test.afterEach(async () => {
  keyring.signal('SIGCONT');
  await keyring.close();
});

const noBus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' };

test('with a locked keychain the app says "unlock"; once that is done the session works without a restart', async ({
  company,
}) => {
  const { openApp, provider } = await company({ registries: ['Acme'], provider: { rotation: 'strict' } });
  const first = await openApp([], keyring.env);
  await first.signIn('Acme');
  await first.close();

  keyring.lock();
  const app = await openApp([], keyring.env);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  await app.checkNow('Acme');
  const banner = app.page.locator('.keychain-banner');
  await expect(banner).toContainText('The keychain of your computer is locked. Unlock it to stay signed in');
  await banner.getByRole('button', { name: 'Try again' }).click();
  await expect(app.page.getByRole('status')).toHaveText('The keychain still cannot be used.');
  await expect(banner).toContainText('STORE_LOCKED');

  keyring.unlock();
  await banner.getByRole('button', { name: 'Try again' }).click();
  await expect(banner).toHaveText(/The keychain is open/);
  await expect(app.row('Acme').problem).toHaveCount(0);
  await app.checkNow('Acme');
  await expect(app.row('Acme').item).toContainText('The registry answers');
  expect(provider.counts.token).toEqual({ authorization_code: 1, refresh_token: 1 });
});

test('a sign-in over a locked keychain works, says what will be lost, and is kept once it is unlocked', async ({
  company,
}) => {
  const { openApp } = await company({ registries: ['Acme'] });
  keyring.lock();
  const app = await openApp([], keyring.env);
  await app.signIn('Acme');
  await expect(app.row('Acme').item).toContainText('Won’t be remembered after you quit');
  keyring.unlock();
  await app.page.locator('.keychain-banner').getByRole('button', { name: 'Try again' }).click();
  await expect(app.row('Acme').item).not.toContainText('Won’t be remembered');
  await app.close();
  const again = await openApp([], keyring.env);
  await expect(again.row('Acme').status).toHaveText(/^Signed in/);
  await again.checkNow('Acme');
  await expect(again.row('Acme').item).toContainText('The registry answers');
});

test('a keychain that hangs is given up after seconds, and the window works meanwhile', async ({
  company,
}) => {
  const { openApp, provider } = await company({ registries: ['Acme'] });
  const first = await openApp([], keyring.env);
  await first.signIn('Acme');
  await first.close();
  keyring.signal('SIGSTOP');
  const app = await openApp([], keyring.env);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  const checked = app.checkNow('Acme');
  // A window that waited for the keychain would work again only when that is given up.
  for (const screen of ['Settings', 'Support', 'Registries']) {
    await app.page.getByRole('button', { name: screen, exact: true }).click({ timeout: 2_000 });
    await expect(app.page.getByRole('heading', { level: 1 })).toHaveText(screen, { timeout: 2_000 });
    expect(await app.electronApp.evaluate(({ app: main }) => main.isReady())).toBe(true);
  }
  await checked;
  const banner = app.page.locator('.keychain-banner');
  await expect(banner).toContainText('STORE_LOCKED');
  keyring.signal('SIGCONT');
  const retry = banner.getByRole('button', { name: 'Try again' });
  await expect(async () => {
    // Its late answer may be heard before anybody presses the button, which is then gone.
    if (await retry.isVisible()) await retry.click({ timeout: 5_000 });
    await expect(banner).toHaveText(/The keychain is open/, { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await app.checkNow('Acme');
  await expect(app.row('Acme').item).toContainText('The registry answers');
  expect(provider.counts.token.authorization_code).toBe(1);
});

test('without a keychain sign-ins are in memory only, which is said; nobody who had one is signed out by it', async ({
  company,
}) => {
  const { openApp, provider } = await company({ registries: ['Acme', 'Globex'] });
  const first = await openApp([], keyring.env);
  await first.signIn('Acme');
  await first.close();

  const without = await openApp([], noBus);
  await expect(without.row('Acme').status).toHaveText(/^Signed in/);
  await without.signIn('Globex');
  await expect(without.page.locator('.keychain-banner')).toContainText('STORE_UNAVAILABLE');
  await expect(without.row('Globex').item).toContainText('Won’t be remembered after you quit');
  await without.checkNow('Acme');
  await expect(without.row('Acme').status).toHaveText(/^Signed in/);
  await without.close();

  const again = await openApp([], keyring.env);
  await expect(again.row('Globex').status).toHaveText(/^Signed out/);
  await again.checkNow('Acme');
  await expect(again.row('Acme').item).toContainText('The registry answers');
  expect(provider.counts.token).toEqual({ authorization_code: 2, refresh_token: 1 });
});

test('beside another keychain a session says that its key is gone and is kept; beside its own it works again', async ({
  company,
}) => {
  const { openApp, provider } = await company({ registries: ['Acme'], provider: { rotation: 'strict' } });
  const first = await openApp([], keyring.env);
  await first.signIn('Acme');
  await first.close();

  const other = await startKeyring();
  try {
    const app = await openApp([], other.env);
    await expect(app.row('Acme').status).toHaveText(/^Signed in/);
    await app.checkNow('Acme');
    await expect(app.row('Acme').item).toContainText('STORE_UNREADABLE');
    await expect(app.row('Acme').signInButton).toBeVisible();
    await app.close();
  } finally {
    await other.close();
  }

  const again = await openApp([], keyring.env);
  await expect(again.row('Acme').status).toHaveText(/^Signed in/);
  await again.checkNow('Acme');
  await expect(again.row('Acme').item).toContainText('The registry answers');
  expect(provider.counts.token).toEqual({ authorization_code: 1, refresh_token: 1 });
});
