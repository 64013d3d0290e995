import { expect, test, type OpenApp } from '../fixtures/company';
import { openSupport as openTab, selfTest } from '../fixtures/support';
import { violations } from '../fixtures/violations';

const openSupport = ({ page }: OpenApp) => page.getByRole('button', { name: 'Support', exact: true }).click();

const unfold = ({ page }: OpenApp, name: string) =>
  page.getByRole('listitem', { name, exact: true }).getByRole('button').click();

/** The value of one fact of what is unfolded. */
const fact = ({ page }: OpenApp, term: string) =>
  page.locator('.fact', { has: page.getByText(term, { exact: true }) }).locator('dd');

test('Support tells the whole state of a session but its tokens', async ({ company }) => {
  const { openApp, provider } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await openSupport(app);
  await unfold(app, 'Acme');
  await expect(fact(app, 'State')).toHaveText('signed-in · authenticated');
  await expect(fact(app, 'Refresh token')).toHaveText('Kept, encrypted on disk; 1–63 characters');
  await expect(fact(app, 'Access token')).toHaveText(/^In memory only; /);
  await expect(fact(app, 'token_endpoint')).toHaveText(new RegExp(`^${provider.issuer}`));
  await expect(fact(app, 'Key that seals tokens').first()).toHaveText('In the system’s keychain');
  await expect(fact(app, 'Next renewal')).toHaveText(/^today/);
  const page = await app.page.content();
  for (const { value } of provider.issued) expect(page).not.toContain(value);
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(app)).toEqual([]);
    await app.page.screenshot({ path: test.info().outputPath(`support-${colorScheme}.png`) });
  }
});

test('the activity follows a sign-in live, with one operation id and no secret', async ({ company }) => {
  const { openApp, provider } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await openSupport(app);
  await app.page.getByRole('tab', { name: 'Activity' }).click();
  const rows = app.page.getByRole('row');
  await expect(rows.filter({ hasText: 'Gatepass started' })).toHaveCount(1);
  await app.page.getByRole('button', { name: 'Registries', exact: true }).click();
  await app.signIn('Acme');
  await openSupport(app);
  await app.page.getByRole('tab', { name: 'Activity' }).click();
  const signedIn = rows.filter({ hasText: 'Signed in' });
  await expect(signedIn).toHaveText(/Acme.* ms[0-9a-f]{8}$/);
  const operation = (await signedIn.getByRole('button').textContent()) ?? '';
  await expect(rows.filter({ hasText: operation })).toHaveCount(4);
  await app.checkNow('Acme');
  await expect(rows.nth(1)).toHaveText(/Registry checked: it answers/);
  const page = await app.page.content();
  for (const { value } of provider.issued) expect(page).not.toContain(value);
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(app)).toEqual([]);
    await app.page.screenshot({ path: test.info().outputPath(`activity-${colorScheme}.png`) });
  }
});

test('self-test, report and recovery are clean for axe in light and dark', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await selfTest(app, 'Check this registry');
  for (const tab of ['Self-test', 'Report', 'Recovery']) {
    await openTab(app, tab);
    if (tab === 'Report') {
      await app.page.getByRole('button', { name: 'Make the report' }).click();
      await expect(app.page.getByRole('region', { name: /^The report/ })).toContainText('What is wrong');
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(app), `${tab}, ${colorScheme}`).toEqual([]);
      await app.page.screenshot({ path: test.info().outputPath(`${tab}-${colorScheme}.png`) });
    }
  }
});

test('a session is reset after it was said what is lost', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await openTab(app, 'Recovery');
  await app.page.getByRole('button', { name: 'Reset this registry’s session…' }).click();
  const dialog = app.page.getByRole('alertdialog');
  await expect(dialog).toContainText('Its sign-in is deleted from this computer');
  expect(await violations(app)).toEqual([]);
  await dialog.getByRole('button', { name: 'Reset' }).click();
  await expect(dialog).toHaveCount(0);
  await app.page.getByRole('button', { name: 'Registries', exact: true }).click();
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
});
