import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { finishSignIn } from '../servers/identity-provider';
import { type Company, expect, test } from '../fixtures/company';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

/** Opens a registry's details by its name in the list. */
const openDetails = (page: Page, name: string) =>
  page.getByRole('listitem', { name, exact: true }).getByRole('button', { name, exact: true }).click();

/** Takes every registry out of the file, as on the first day, and leaves a comment to be kept. */
function emptyFile({ configFile }: Company): void {
  fs.writeFileSync(configFile, '# Managed by me\nversion: 1\nregistries: [] # none yet\n', { mode: 0o600 });
}

async function fillForm(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values))
    await page.getByRole('textbox', { name: label, exact: true }).fill(value);
}

test('a registry is added with a wrong slash in its issuer, corrected with one press, and signed in to', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  const { provider, registries, configFile, callbackPort } = acme;
  emptyFile(acme);
  const app = await acme.openApp();
  const { page } = app;

  await button(page, 'Add registry').click();
  await button(page, 'Enter everything by hand').click();
  await expect(page.getByRole('textbox', { name: 'Address of the registry' })).toBeFocused();
  await fillForm(page, {
    'Address of the registry': registries.get('Acme')?.url ?? '',
    Name: 'Acme',
    'Sign-in service (issuer)': `${provider.issuer}/`,
    'Client id': 'gatepass',
  });
  await page.getByRole('checkbox', { name: 'This registry is inside your company network' }).check();
  await button(page, 'More settings').click();
  await fillForm(page, { Audience: 'https://acme.acme.example', Port: String(callbackPort) });
  await expect(page.getByText(`http://127.0.0.1:${callbackPort}/callback`)).toBeVisible();

  await button(page, 'Continue').click();
  await expect(page.getByRole('alert')).toContainText('DISC_ISSUER_MISMATCH');
  await expect(page.getByRole('textbox', { name: 'Sign-in service (issuer)' })).toBeFocused();
  await button(page, `Use ${provider.issuer}`).click();
  await button(page, 'Continue').click();
  const confirmation = dialog(page, 'Is this right?');
  await expect(confirmation).toContainText(new URL(provider.issuer).host);
  await confirmation.getByRole('button', { name: 'Add registry' }).click();

  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
  await expect(app.row('Acme').signInButton).toBeFocused();
  await app.signIn('Acme');
  const text = fs.readFileSync(configFile, 'utf8');
  expect(text).toContain('# Managed by me');
  expect(text).toContain('name: Acme');
  expect(fs.statSync(configFile).mode & 0o777).toBe(0o600);
});

test('a new issuer: what happens to the session is said first, then it is so', async ({ company }) => {
  const acme = await company({ registries: ['Acme'] });
  const other = await company({ registries: ['Other'] });
  const app = await acme.openApp();
  const { page } = app;
  await app.signIn('Acme');
  const refreshes = acme.provider.counts.token.refresh_token;

  await openDetails(page, 'Acme');
  await button(page, 'Edit').click();
  const edit = dialog(page, 'Edit Acme');
  await expect(edit.getByRole('textbox', { name: 'Sign-in service (issuer)' })).toHaveValue(
    acme.provider.issuer,
  );
  await fillForm(page, { 'Sign-in service (issuer)': other.provider.issuer });
  await button(page, 'Continue').click();
  const confirmation = dialog(page, 'Is this right?');
  await expect(confirmation).toContainText('You will have to sign in again.');
  await expect(confirmation).toContainText(new URL(other.provider.issuer).host);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);

  await confirmation.getByRole('button', { name: 'Save changes' }).click();
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
  await expect(button(page, 'Edit')).toBeFocused();
  expect(new URL(await app.startSignIn('Acme')).origin).toBe(new URL(other.provider.issuer).origin);
  await app.row('Acme').cancelButton.click();
  expect(other.provider.counts.token.refresh_token).toBe(0);
  expect(acme.provider.counts.token.refresh_token).toBe(refreshes);

  // Back to what it was: the session lives again, without a browser.
  await button(page, 'Edit').click();
  await fillForm(page, { 'Sign-in service (issuer)': acme.provider.issuer });
  await button(page, 'Continue').click();
  await dialog(page, 'Is this right?').getByRole('button', { name: 'Save changes' }).click();
  await expect(app.row('Acme').status).toHaveText(/^Signed in.*alice/);
});

test('an edit keeps comments, mode, and what somebody wrote into the file meanwhile', async ({ company }) => {
  const acme = await company({ registries: ['Acme', 'Globex'] });
  const before = fs
    .readFileSync(acme.configFile, 'utf8')
    .replace('    name: Acme\n', '    name: Acme # from the wiki\n');
  fs.writeFileSync(acme.configFile, before, { mode: 0o600 });
  const app = await acme.openApp();
  const { page } = app;
  await openDetails(page, 'Acme');
  await button(page, 'Edit').click();
  await fillForm(page, { Name: 'Acme tools' });
  await button(page, 'Continue').click();
  await expect(dialog(page, 'Is this right?')).toBeVisible();
  fs.writeFileSync(acme.configFile, before.replace('name: Globex', 'name: Globex of Springfield # by hand'));
  await dialog(page, 'Is this right?').getByRole('button', { name: 'Save changes' }).click();

  await expect(app.row('Acme tools').status).toBeVisible();
  await expect(app.row('Globex of Springfield').status).toBeVisible();
  const wanted = before
    .replace('name: Acme #', 'name: Acme tools #')
    .replace('name: Globex', 'name: Globex of Springfield # by hand');
  expect(fs.readFileSync(acme.configFile, 'utf8')).toBe(wanted);
  expect(fs.statSync(acme.configFile).mode & 0o777).toBe(0o600);
});

test('removing keeps the sign-in for a registry that comes back; forgetting deletes and revokes it', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  const text = fs.readFileSync(acme.configFile, 'utf8');
  const app = await acme.openApp();
  const { page } = app;
  await app.signIn('Acme');

  await openDetails(page, 'Acme');
  await button(page, 'Remove…').click();
  const removal = page.getByRole('alertdialog', { name: 'Remove Acme?' });
  await expect(removal).toContainText('for 30 days');
  await expect(removal.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await removal.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('No registries yet.')).toBeVisible();
  await expect(button(page, 'Add registry')).toBeFocused();
  expect(fs.readFileSync(acme.configFile, 'utf8')).not.toContain('Acme');
  expect(acme.provider.counts.revocation).toBe(0);

  fs.writeFileSync(acme.configFile, text);
  await expect(app.row('Acme').status).toHaveText(/^Signed in.*alice/);
  await openDetails(page, 'Acme');
  await button(page, 'Forget…').click();
  const forgetting = page.getByRole('alertdialog', { name: 'Forget Acme?' });
  await expect(forgetting).toContainText('The sign-in service is told to end it as well.');
  await forgetting.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(page.getByText('No registries yet.')).toBeVisible();
  await expect.poll(() => acme.provider.counts.revocation).toBe(1);
  fs.writeFileSync(acme.configFile, text);
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
});

test('"Sign in to all" goes one after another and stops at the first refusal', async ({ company }) => {
  const { openApp } = await company({ registries: ['Engineering', 'Finance', 'Legal'] });
  const app = await openApp();
  await button(app.page, 'Sign in to all').click();
  const [first = ''] = await app.openedUrls(1);
  await finishSignIn(first);
  await expect(app.row('Engineering').status).toHaveText(/^Signed in/);
  const second = (await app.openedUrls(2))[1] ?? '';
  await expect(app.row('Finance').status).toHaveText(/^Signing in/);
  await finishSignIn(second, { deny: true });
  await expect(app.row('Finance').problem).toContainText('LOGIN_DENIED');
  // A third sign-in would have begun before this one, which a person begins.
  const third = await app.startSignIn('Finance');
  await expect(app.row('Legal').status).toHaveText(/^Signed out/);
  expect(app.browser.opened()).toEqual([first, second, third]);
});

test('signing out of all registries of a provider revokes every token', async ({ company }) => {
  const { openApp, provider } = await company({ registries: ['Engineering', 'Finance'] });
  const app = await openApp();
  await app.signIn('Engineering');
  await app.signIn('Finance');
  await openDetails(app.page, 'Engineering');
  await button(app.page, 'Sign out of all 2 registries of this provider').click();
  for (const name of ['Engineering', 'Finance']) await expect(app.row(name).status).toHaveText(/^Signed out/);
  await expect.poll(() => provider.counts.revocation).toBe(2);
});

test('"Use another account" asks the provider for a choice', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await openDetails(app.page, 'Acme');
  await button(app.page, 'Use another account').click();
  const link = (await app.openedUrls(2))[1] ?? '';
  expect(new URL(link).searchParams.get('prompt')).toBe('select_account');
});
