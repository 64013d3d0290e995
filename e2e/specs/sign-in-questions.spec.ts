import fs from 'node:fs';
import type { ElectronApplication, Page } from '@playwright/test';
import { finishSignIn } from '../servers/identity-provider';
import { audienceOf, type Company, expect, test } from '../fixtures/company';
import { configureGateway, curl, findGateway } from '../fixtures/gateway';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const initiate = '/api/v1beta/registry/acme/auth/initiate';

/** Somebody edits the file while nobody looks. */
function replaceInFile({ configFile }: Company, before: string, after: string): void {
  const text = fs.readFileSync(configFile, 'utf8');
  expect(text).toContain(before);
  fs.writeFileSync(configFile, text.replaceAll(before, after));
}

const minimize = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.minimize();
  });
const isInFront = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().every((window) => window.isVisible() && !window.isMinimized()),
  );

test('another sign-in service in the file is shown beside the old one, and confirmed before a browser opens', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme', 'Acme Finance'] });
  const other = await company({ registries: ['Other'], provider: { audiences: [audienceOf('Acme')] } });
  const app = await acme.openApp();
  await app.signIn('Acme');
  await expect(app.row('Acme').item).toContainText('The registry answers');
  const { token } = acme.provider.counts;
  const links = app.browser.opened().length;

  replaceInFile(acme, acme.provider.issuer, other.provider.issuer);
  const row = app.row('Acme');
  await expect(row.status).toHaveText(/^Signed out/);
  await expect(row.problem).toContainText(
    `The sign-in service of Acme was changed from ${acme.provider.issuer} to ${other.provider.issuer}.`,
  );
  const confirm = row.item.getByRole('button', { name: `Sign in at ${other.provider.issuer}` });
  // By mouse, by key in the list, and through the details: each leads to the question, and opens nothing.
  await row.signInButton.click();
  await expect(confirm).toBeFocused();
  await row.item.getByRole('button', { name: 'Acme', exact: true }).focus();
  await app.page.keyboard.press('Space');
  await expect(confirm).toBeFocused();
  await app.openDetails('Acme');
  await button(app.page, 'Use another account').click();
  await expect(confirm).toBeFocused();
  await app.page.keyboard.press('Escape');
  // Two are signed out at the new service, and one of them is asked about.
  await expect(button(app.page, 'Sign in to all')).toHaveCount(0);
  expect(app.browser.opened()).toHaveLength(links);
  expect(other.provider.requests).toEqual([]);

  await confirm.focus();
  await app.page.keyboard.press('Enter');
  const link = (await app.openedUrls(links + 1))[links] ?? '';
  expect(new URL(link).origin).toBe(new URL(other.provider.issuer).origin);
  await expect(row.problem).toHaveCount(0);
  await finishSignIn(link);
  await expect.poll(() => other.provider.counts.token.authorization_code).toBe(1);
  // Nothing of the old session went anywhere. (The new service may refresh its own: the registry does not know its tokens.)
  const ofOldSession = acme.provider.issued.map(({ value }) => value);
  expect(ofOldSession.length).toBeGreaterThan(0);
  const leaked = other.provider.requests.filter(({ params }) =>
    Object.values(params).some((value) => ofOldSession.includes(value)),
  );
  expect(leaked).toEqual([]);
  expect(acme.provider.counts.token).toEqual(token);
});

test('who leaves it and has the change undone is signed in as before, also after a restart', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  const other = 'https://login.elsewhere.example';
  const app = await acme.openApp();
  await app.signIn('Acme');
  await app.close();
  replaceInFile(acme, acme.provider.issuer, other);
  const again = await acme.openApp();
  await expect(again.row('Acme').problem).toContainText(`from ${acme.provider.issuer} to ${other}.`);
  replaceInFile(acme, other, acme.provider.issuer);
  await expect(again.row('Acme').status).toHaveText(/^Signed in.*alice/);
  await expect(again.row('Acme').problem).toHaveCount(0);
});

test('a program that starts the sign-in learns that a person has to confirm it, and the window asks', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  const other = await company({ registries: ['Other'], provider: { audiences: [audienceOf('Acme')] } });
  configureGateway(acme, '{ enabled: true, allow_session_control: true }');
  const app = await acme.openApp();
  await app.signIn('Acme');
  replaceInFile(acme, acme.provider.issuer, other.provider.issuer);
  await expect(app.row('Acme').problem).toContainText('was changed from');
  const gateway = await findGateway(acme);
  const links = app.browser.opened().length;
  await minimize(app.electronApp);
  await expect.poll(() => isInFront(app.electronApp)).toBe(false);

  expect(await curl(gateway, initiate, '-X', 'POST')).toMatchObject({
    status: 409,
    body: { code: 'confirmation_required' },
  });
  await expect.poll(() => isInFront(app.electronApp)).toBe(true);
  expect(app.browser.opened()).toHaveLength(links);
  expect(other.provider.requests).toEqual([]);

  await button(app.page, `Sign in at ${other.provider.issuer}`).click();
  await expect(app.row('Acme').status).toHaveText(/^Signing in…/);
  expect(await curl(gateway, initiate, '-X', 'POST')).toMatchObject({
    status: 409,
    body: { code: 'flow_in_progress' },
  });
  await finishSignIn((await app.openedUrls(links + 1))[links] ?? '');
  await expect.poll(() => other.provider.counts.token.authorization_code).toBe(1);
});

test('what a policy changes is told with both services, and needs nobody’s word', async ({ company }) => {
  const acme = await company({ registries: ['Acme'] });
  const other = await company({ registries: ['Other'], provider: { audiences: [audienceOf('Acme')] } });
  const entries = fs.readFileSync(acme.configFile, 'utf8').replaceAll(/^(?=.)/gm, '  ');
  fs.rmSync(acme.configFile);
  fs.writeFileSync(acme.policyFile, `enforced:\n${entries}`);
  const app = await acme.openApp();
  await app.signIn('Acme');
  fs.writeFileSync(
    acme.policyFile,
    `enforced:\n${entries.replaceAll(acme.provider.issuer, other.provider.issuer)}`,
  );
  await expect(app.row('Acme').problem).toContainText(
    `Your organization changed the sign-in service of Acme from ${acme.provider.issuer} to ${other.provider.issuer}.`,
  );
  const link = await app.startSignIn('Acme');
  expect(new URL(link).origin).toBe(new URL(other.provider.issuer).origin);
});

test('a host of mixed scripts in the file is looked at twice: shown in punycode, and named on the button', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme', 'Acme Finance'] });
  const { url = '' } = acme.registries.get('Acme') ?? {};
  // The second letter is Cyrillic.
  replaceInFile(acme, `url: ${url}\n`, 'url: https://m\u0441p.acme.example\n');
  configureGateway(acme, '{ enabled: true, allow_session_control: true }');
  const app = await acme.openApp();
  const row = app.row('Acme');
  const host = 'xn--mp-omc.acme.example';
  await expect(row.item).toContainText(host);
  await expect(row.problem).toContainText(`The address ${host} contains letters that look like others.`);
  await row.signInButton.click();
  const confirm = row.item.getByRole('button', { name: `This is the right address: ${host}` });
  await expect(confirm).toBeFocused();
  await expect(button(app.page, 'Sign in to all')).toHaveCount(0);
  expect(await curl(await findGateway(acme), initiate, '-X', 'POST')).toMatchObject({
    status: 409,
    body: { code: 'confirmation_required' },
  });
  expect(app.browser.opened()).toEqual([]);
  expect(acme.provider.requests).toEqual([]);

  await confirm.click();
  await expect(row.status).toHaveText(/^Signing in…/);
  expect(new URL((await app.openedUrls(1))[0] ?? '').origin).toBe(new URL(acme.provider.issuer).origin);
  await row.cancelButton.click();
  await expect(row.problem).toHaveCount(0);
  await app.startSignIn('Acme');
});

test('the form asks for the same second look before it saves, and the row does not ask again', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  fs.writeFileSync(acme.configFile, 'version: 1\n', { mode: 0o600 });
  const app = await acme.openApp();
  const { page } = app;
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await button(page, 'Add registry').click();
  await button(page, 'Enter everything by hand').click();
  await field('Address of the registry').fill('https://m\u0441p.acme.example');
  await field('Name').fill('Acme');
  await field('Sign-in service (issuer)').fill(acme.provider.issuer);
  await field('Client id').fill('gatepass');
  await button(page, 'More settings').click();
  await field('Port').fill(String(acme.callbackPort));
  await button(page, 'Continue').click();
  const confirmation = page.getByRole('dialog', { name: 'Is this right?', exact: true });
  await expect(confirmation).toContainText('xn--mp-omc.acme.example');
  await expect(confirmation).toContainText('contains letters that look like others');
  expect(fs.readFileSync(acme.configFile, 'utf8')).toBe('version: 1\n');
  const save = confirmation.getByRole('button', { name: 'Add registry' });
  await expect(save).toBeDisabled();
  await confirmation.getByRole('checkbox').check();
  await save.click();
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
  await expect(app.row('Acme').problem).toHaveCount(0);
  await app.startSignIn('Acme');
});
