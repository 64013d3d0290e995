import { expect, type OpenApp, test } from '../fixtures/company';
import { violations } from '../fixtures/violations';
import { json, stall } from '../servers/answers';
import { personNamed } from '../servers/identity-provider';

const panel = ({ page }: OpenApp) => page.getByRole('region', { name: 'Servers', exact: true });
const servers = (app: OpenApp) =>
  panel(app)
    .getByRole('list', { name: /^Servers of / })
    .getByRole('listitem');
const search = (app: OpenApp) => panel(app).getByRole('searchbox', { name: 'Search servers' });
const checkNow = (app: OpenApp) => panel(app).getByRole('button', { name: 'Check now' }).click();

async function openServers(app: OpenApp, name: string): Promise<void> {
  await app.openDetails(name);
  await app.page.getByRole('button', { name: 'Show servers' }).click();
}

const listOf = (name: string) =>
  json(200, { servers: [{ server: { name, description: 'For one person.', version: '1' } }], metadata: {} });

test('whoever is signed in finds a server, sees how it runs, and opens its page in the browser', async ({
  company,
}) => {
  const { openApp, provider, registries } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await openServers(app, 'Acme');
  await expect(panel(app).getByText('12 servers')).toBeVisible();
  await expect(servers(app).first()).toContainText('Ticketsio.acme/tickets 2.4.1');
  await search(app).fill('wiki');
  await expect(servers(app)).toHaveCount(1);
  await expect(app.page.getByRole('status')).toHaveText('1 server found');
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(app), `the list, ${colorScheme}`).toEqual([]);
    await app.page.screenshot({ path: test.info().outputPath(`servers-${colorScheme}.png`) });
  }
  await panel(app).getByRole('button', { name: 'Company wiki' }).click();
  await expect(panel(app).getByText('https://mcp.acme.example/wiki')).toBeVisible();
  expect(await violations(app), 'a server').toEqual([]);
  await panel(app).getByRole('button', { name: 'Website: wiki.acme.example' }).click();
  expect((await app.openedUrls(2))[1]).toBe('https://wiki.acme.example/');
  const page = await app.page.content();
  for (const { value } of provider.issued) expect(page).not.toContain(value);
  const agents = registries.get('Acme')?.requests.map(({ headers }) => headers['user-agent']) ?? [];
  expect(new Set(agents)).toEqual(new Set([expect.stringMatching(/^Gatepass\/\d+\.\d+\.\d+$/)]));
  await app.page.keyboard.press('Escape');
  await expect(panel(app).getByRole('button', { name: 'Company wiki' })).toBeFocused();
  await app.page.keyboard.press('Escape');
  await expect(app.page.getByRole('button', { name: 'Show servers' })).toBeFocused();
  const fact = app.page.locator('.fact', { hasText: 'Known to the registry as' });
  await expect(fact.locator('dd')).toHaveText(personNamed('alice@acme.example').sub);
});

test('a registry that stops leaves the list with its age, and says why it cannot be asked', async ({
  company,
}) => {
  const { openApp, registries } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await openServers(app, 'Acme');
  await expect(servers(app).first()).toBeVisible();
  await registries.get('Acme')?.close();
  await checkNow(app);
  await expect(panel(app).getByText(/^This list may be out of date: it was read .* ago\.$/)).toBeVisible();
  await expect(panel(app).getByRole('alert')).toContainText('NET_REFUSED');
  await expect(servers(app).first()).toContainText('Tickets');
  await expect(app.row('Acme').item).toContainText('The registry cannot be used');
  expect(await violations(app)).toEqual([]);
  await app.page.screenshot({ path: test.info().outputPath('stale.png') });
});

test('a session that ends is told as that, and no list in its place', async ({ company }) => {
  const { openApp, provider, registries } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await openServers(app, 'Acme');
  await expect(servers(app).first()).toBeVisible();
  provider.revokeGrants();
  registries.get('Acme')?.rejectAllTokens();
  await checkNow(app);
  await expect(panel(app).getByRole('alert')).toContainText('SESSION_ENDED');
  await expect(servers(app)).toHaveCount(0);
  await expect(panel(app).getByRole('button', { name: 'Sign in again to Acme' })).toBeVisible();
});

test('an account that may not read a registry is told so, stays signed in, and sees no list', async ({
  company,
}) => {
  const { openApp, registries } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await openServers(app, 'Acme');
  await expect(servers(app).first()).toBeVisible();
  registries.get('Acme')?.requireRole('admin');
  await checkNow(app);
  await expect(panel(app).getByRole('alert')).toContainText('this account may not read this registry');
  await expect(servers(app)).toHaveCount(0);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
});

test('signing out takes the list along', async ({ company }) => {
  const { openApp, registries } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await openServers(app, 'Acme');
  await expect(servers(app).first()).toBeVisible();
  await app.row('Acme').signOutButton.click();
  await expect(
    panel(app).getByText('The servers of this registry are for people who are signed in.'),
  ).toBeVisible();
  expect(await app.page.content()).not.toContain('io.acme/tickets');
  registries.get('Acme')?.list.answerWith(stall);
  await app.signIn('Acme');
  await expect(panel(app).getByText('Reading the servers…')).toBeVisible();
  await expect(servers(app)).toHaveCount(0);
});

test('the next account sees nothing of the list of the one before', async ({ company }) => {
  const { openApp, registries } = await company({ registries: ['Acme'] });
  const { list } = registries.get('Acme') ?? {};
  if (list === undefined) throw new Error('No registry');
  const app = await openApp();
  await app.signIn('Acme', 'alice@acme.example');
  list.answerWith(listOf('io.acme/only-for-alice'));
  await openServers(app, 'Acme');
  await checkNow(app);
  await expect(servers(app)).toContainText(['io.acme/only-for-alice']);
  await app.row('Acme').signOutButton.click();
  const hold = list.holdRequests();
  await app.signIn('Acme', 'bob@acme.example');
  await hold.arrived;
  expect(await app.page.content()).not.toContain('only-for-alice');
  list.answerWith(listOf('io.acme/only-for-bob'));
  hold.release();
  await checkNow(app);
  await expect(servers(app)).toContainText(['io.acme/only-for-bob']);
  expect(await app.page.content()).not.toContain('only-for-alice');
});

test('ten thousand servers are read, scrolled to their end and searched', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'], servers: 10_000 });
  const app = await openApp();
  await app.signIn('Acme');
  await openServers(app, 'Acme');
  await expect(panel(app).getByText('10000 servers')).toBeVisible({ timeout: 60_000 });
  expect(await servers(app).count()).toBeLessThan(40);
  await servers(app).first().getByRole('button').focus();
  await app.page.keyboard.press('End');
  await expect(panel(app).getByRole('button', { name: 'io.acme.lab/experiment-09988' })).toBeFocused();
  await search(app).fill('experiment-04711');
  await expect(servers(app)).toHaveCount(1);
  await expect(panel(app).getByText('1 of 10000 servers')).toBeVisible();
});
