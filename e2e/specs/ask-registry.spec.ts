import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { type Company, expect, type OpenApp, test } from '../fixtures/company';
import { freePort } from '../servers/free-port';
import { violations } from '../fixtures/violations';
import { empty, stall } from '../servers/answers';
import { finishSignIn } from '../servers/identity-provider';
import { type Registry, type RegistryOptions, startRegistry } from '../servers/registry';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const confirmation = (page: Page) => page.getByRole('dialog', { name: 'Is this right?' });

interface Day {
  readonly acme: Company;
  readonly registry: Registry;
  /** Host of the registry: its name in the list, as nobody types one. */
  readonly name: string;
}

/** The first day of a person who knows one address: nothing is configured, and the registry says this of itself. */
const firstDay = test.extend<{ day: (says: (issuer: string) => Partial<RegistryOptions>) => Promise<Day> }>({
  day: async ({ company }, use) => {
    const closing: (() => Promise<void>)[] = [];
    await use(async (says) => {
      const port = await freePort();
      const audience = `http://127.0.0.1:${port}/registry/engineering`;
      // A registry names no port, so all of these use the usual one.
      const acme = await company({ registries: [], provider: { audiences: [audience] }, callbackPort: 8666 });
      const { issuer } = acme.provider;
      const registry = await startRegistry({
        name: 'Acme',
        path: '/registry/engineering',
        port,
        issuer,
        audience,
        ...says(issuer),
      });
      closing.push(() => registry.close());
      fs.rmSync(acme.configFile);
      return { acme, registry, name: '127.0.0.1' };
    });
    for (const close of closing) await close();
  },
});

/** Opens the form and gives it the address of a registry inside the company network; all by keyboard. */
async function enterAddress({ page }: OpenApp, { registry }: Pick<Day, 'registry'>): Promise<void> {
  await button(page, 'Add registry').press('Enter');
  await expect(field(page, 'Address of the registry')).toBeFocused();
  await page.keyboard.type(registry.url);
  const inside = page.getByRole('checkbox', { name: 'This registry is inside your company network' });
  await expect(inside).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(inside).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
}

/** Confirms what is shown, and signs in. */
async function addAndSignIn(app: OpenApp, { acme, registry, name }: Day): Promise<URL> {
  const { page } = app;
  const dialog = confirmation(page);
  await expect(dialog).toContainText(new URL(acme.provider.issuer).host);
  await expect(dialog).toContainText(new URL(registry.url).host);
  await expect(dialog.getByRole('button', { name: 'Add registry' })).toBeFocused();
  expect(fs.existsSync(acme.configFile)).toBe(false);
  await page.keyboard.press('Enter');
  await expect(app.row(name).status).toHaveText(/^Signed out/);
  await expect(app.row(name).signInButton).toBeFocused();
  const link = await app.startSignIn(name);
  await finishSignIn(link);
  await expect(app.row(name).status).toHaveText(/^Signed in.*alice/);
  await expect(app.row(name).item).toContainText('The registry answers');
  expect(registry.list.requests.some(({ headers }) => headers.authorization)).toBe(true);
  await expect(app.row(name).problem).toHaveCount(0);
  return new URL(link);
}

firstDay('the address is enough where the registry describes its sign-in', async ({ day }) => {
  const today = await day((issuer) => ({
    description: { issuer, client_id: 'gatepass', scopes: ['openid', 'offline_access'] },
  }));
  const app = await today.acme.openApp();
  await enterAddress(app, today);
  await expect(confirmation(app.page)).toContainText('named this sign-in service itself');
  expect(today.registry.authorizations).toEqual([]);
  const link = await addAndSignIn(app, today);
  // As ToolHive would.
  expect(link.searchParams.get('redirect_uri')).toBe('http://localhost:8666/callback');
});

firstDay('the client id is all that is asked where a 401 points to the rest', async ({ day }) => {
  const today = await day(() => ({}));
  const app = await today.acme.openApp();
  const { page } = app;
  await enterAddress(app, today);
  await expect(field(page, 'Client id')).toBeFocused();
  await expect(page.getByRole('textbox')).toHaveCount(1);
  expect(await violations(app), 'the question for the client id').toEqual([]);
  await page.keyboard.type('gatepass');
  await page.keyboard.press('Enter');
  const link = await addAndSignIn(app, today);
  expect(link.searchParams.get('resource')).toBe(today.registry.url);
});

firstDay('a person chooses among several sign-in services', async ({ day }) => {
  const today = await day((issuer) => ({
    resourceMetadata: { authorization_servers: ['https://login.globex.example', issuer] },
  }));
  const app = await today.acme.openApp();
  const { page } = app;
  await enterAddress(app, today);
  await expect(page.getByRole('radio')).toHaveCount(2);
  await button(page, 'Continue').click();
  await expect(page.getByText('Choose one of them.')).toBeVisible();
  expect(await violations(app), 'the choice').toEqual([]);
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowDown');
  await field(page, 'Client id').fill('gatepass');
  await page.keyboard.press('Enter');
  await addAndSignIn(app, today);
});

firstDay('where the registry says nothing, issuer and client id are typed', async ({ day }) => {
  const today = await day(() => ({}));
  today.registry.list.answerOnce(empty(401));
  const app = await today.acme.openApp();
  const { page } = app;
  await enterAddress(app, today);
  await expect(page.getByText('does not say how to sign in to it')).toBeVisible();
  await expect(field(page, 'Sign-in service (issuer)')).toBeFocused();
  expect(await violations(app), 'the whole form').toEqual([]);
  await page.keyboard.type(today.acme.provider.issuer);
  await field(page, 'Client id').fill('gatepass');
  await page.keyboard.press('Enter');
  await expect(confirmation(page)).not.toContainText('named this sign-in service itself');
  await addAndSignIn(app, today);
});

firstDay('a registry that never answers is given up by a person or by the clock', async ({ day }) => {
  const today = await day(() => ({}));
  today.registry.description.answerWith(stall);
  today.registry.list.answerWith(stall);
  const app = await today.acme.openApp();
  const { page } = app;
  await enterAddress(app, today);
  await expect(page.getByText('Asking the registry how to sign in…').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Cancel')).toBeVisible();
  await expect(field(page, 'Address of the registry')).toHaveValue(today.registry.url);
  // Left alone, it goes on to the next question by itself.
  today.registry.list.behave();
  await page.keyboard.press('Enter');
  await expect(field(page, 'Client id')).toBeFocused({ timeout: 60_000 });
});

firstDay('an address that is no registry is said at the field, and nothing is kept', async ({ day }) => {
  const today = await day(() => ({}));
  today.registry.list.answerWith(empty(404));
  const app = await today.acme.openApp();
  await enterAddress(app, today);
  await expect(app.page.getByRole('alert').first()).toContainText('REGISTRY_NOT_FOUND');
  await expect(field(app.page, 'Address of the registry')).toBeFocused();
  expect(fs.existsSync(today.acme.configFile)).toBe(false);
});

firstDay(
  'a registry that was added as open and is not gets its sign-in from its own word',
  async ({ day }) => {
    const today = await day((issuer) => ({ description: { issuer, client_id: 'gatepass' } }));
    const { acme, registry } = today;
    fs.writeFileSync(
      acme.configFile,
      `registries:\n  - { id: acme, name: Acme, url: "${registry.url}", allow_private_ip: true }\n`,
    );
    const app = await acme.openApp();
    await expect(app.row('Acme').status).toHaveText(/^No sign-in needed/);
    await app.checkNow('Acme');
    await expect(app.row('Acme').problem).toContainText('REGISTRY_NEEDS_SIGN_IN');
    await button(app.page, 'Set up sign-in…').press('Enter');
    await expect(confirmation(app.page)).toContainText(new URL(acme.provider.issuer).host);
    await app.page.keyboard.press('Enter');
    await expect(app.row('Acme').status).toHaveText(/^Signed out/);
    await expect(app.row('Acme').item.locator(':focus')).toHaveCount(1);
    await app.signIn('Acme');
    await expect(app.row('Acme').item).toContainText('The registry answers');
    await expect(app.row('Acme').problem).toHaveCount(0);
  },
);
