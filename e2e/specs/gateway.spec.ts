import fs from 'node:fs';
import type { Locator } from '@playwright/test';
import { redirect } from '../servers/answers';
import { listen } from '../servers/http-server';
import { finishSignIn } from '../servers/identity-provider';
import { expect, test, type OpenApp } from '../fixtures/company';
import { configureGateway, curl, findGateway, gatewayFileOf } from '../fixtures/gateway';
import { violations } from '../fixtures/violations';

const servers = '/registry/acme/v0.1/servers?limit=2';
const theSwitch = ({ page }: OpenApp): Locator =>
  page.getByRole('switch', { name: 'Let other programs read your registries' });

test('a person opens it in Settings, curl lists servers with their session, and closing it closes it', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  const app = await acme.openApp();
  await app.signIn('Acme');
  await app.page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(app.page.getByText('Closed: no program can reach Gatepass.')).toBeVisible();
  expect(fs.existsSync(gatewayFileOf(acme))).toBe(false);
  await theSwitch(app).click();
  const allow = app.page.getByRole('button', { name: 'Allow' });
  await expect(allow).toBeVisible();
  expect(await violations(app)).toEqual([]);
  await allow.click();
  await expect(allow).toHaveCount(0);
  await expect(theSwitch(app)).toBeChecked();

  const gateway = await findGateway(acme);
  expect(fs.statSync(gatewayFileOf(acme)).mode & 0o777).toBe(0o600);
  await expect(app.page.getByText(`Open at ${gateway.url}, on this computer only.`)).toBeVisible();
  await expect(app.page.getByText(gatewayFileOf(acme))).toBeVisible();
  expect(await violations(app)).toEqual([]);
  expect(await curl(gateway, servers)).toMatchObject({
    status: 200,
    body: { servers: [{ server: { name: expect.anything() as unknown } }, {}], metadata: { count: 2 } },
  });
  expect(await curl({ ...gateway, token: 'guessed' }, servers)).toMatchObject({ status: 401 });

  await theSwitch(app).click();
  await expect(app.page.getByText('Closed: no program can reach Gatepass.')).toBeVisible();
  expect(fs.existsSync(gatewayFileOf(acme))).toBe(false);
  expect(await curl(gateway, servers)).toMatchObject({ status: 0 });
});

test('a policy that forbids it closes it at once, and says so at the switch', async ({ company }) => {
  const acme = await company({ registries: ['Acme'] });
  configureGateway(acme, '{ enabled: true }');
  const app = await acme.openApp();
  const gateway = await findGateway(acme);
  await app.page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(theSwitch(app)).toBeChecked();

  fs.writeFileSync(acme.policyFile, 'enforced:\n  settings:\n    gateway: { enabled: false }\n');
  await expect(theSwitch(app)).toBeDisabled();
  await expect(theSwitch(app)).not.toBeChecked();
  // The file goes before the listener does; what the app says comes after both.
  await expect(app.page.getByText('Closed: no program can reach Gatepass.')).toBeVisible();
  expect(fs.existsSync(gatewayFileOf(acme))).toBe(false);
  expect(await curl(gateway, servers)).toMatchObject({ status: 0 });
  const lock = 'Managed by your organization: Let other programs read your registries';
  await app.page.getByRole('button', { name: lock }).click();
  await expect(app.page.getByText(acme.policyFile)).toBeVisible();
});

test('a port that is taken is named in Settings, and no other one is used', async ({ company }) => {
  const other = await listen({}, () => (_request, response) => void response.end('not the gateway'));
  const acme = await company({ registries: ['Acme'] });
  configureGateway(acme, `{ enabled: true, port: ${other.port} }`);
  const app = await acme.openApp();
  await app.page.getByRole('button', { name: 'Settings', exact: true }).click();
  const problem = app.page.getByRole('alert');
  await expect(problem).toContainText(`port ${other.port} is not free`);
  await expect(problem).toContainText('GATEWAY_PORT_UNAVAILABLE');
  expect(fs.existsSync(gatewayFileOf(acme))).toBe(false);
  await other.close();
});

test('after signing out a program learns that a person has to sign in', async ({ company }) => {
  const acme = await company({ registries: ['Acme'] });
  configureGateway(acme, '{ enabled: true }');
  const app = await acme.openApp();
  await app.signIn('Acme');
  const gateway = await findGateway(acme);
  expect(await curl(gateway, servers)).toMatchObject({ status: 200 });
  await app.row('Acme').signOutButton.click();
  await expect(app.row('Acme').status).toHaveText(/^Signed out/);
  expect(await curl(gateway, servers)).toMatchObject({
    status: 503,
    body: { code: 'registry_auth_required' },
  });
});

test('a program starts a sign-in, a second one joins it, and both see it complete', async ({ company }) => {
  const acme = await company({ registries: ['Acme'] });
  configureGateway(acme, '{ enabled: true, allow_session_control: true }');
  const app = await acme.openApp();
  const gateway = await findGateway(acme);
  const initiate = () => curl(gateway, '/api/v1beta/registry/acme/auth/initiate', '-X', 'POST');
  const started = await initiate();
  expect(started).toMatchObject({ status: 202, body: { flow_id: expect.anything() as unknown } });
  const { flow_id, poll_url } = started.body as { flow_id: string; poll_url: string };
  const [link = ''] = await app.openedUrls(1);
  expect(await initiate()).toMatchObject({ status: 409, body: { code: 'flow_in_progress', flow_id } });
  await expect(app.row('Acme').status).toHaveText(/^Signing in…/);
  expect(await curl(gateway, poll_url)).toMatchObject({ status: 200, body: { flow_id, state: 'pending' } });

  await finishSignIn(link);
  await expect
    .poll(() => curl(gateway, poll_url))
    .toEqual({ status: 200, body: { flow_id, state: 'completed' } });
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  expect(app.browser.opened()).toHaveLength(1);
  expect(await curl(gateway, servers)).toMatchObject({ status: 200 });
});

test('no token goes to where a registry redirects', async ({ company }) => {
  const visits: string[] = [];
  const elsewhere = await listen({}, () => (request, response) => {
    visits.push(request.url ?? '');
    response.end('{"servers":[],"metadata":{}}');
  });
  const acme = await company({ registries: ['Acme'] });
  configureGateway(acme, '{ enabled: true }');
  const app = await acme.openApp();
  await app.signIn('Acme');
  await expect(app.row('Acme').item).toContainText('The registry answers');
  acme.registries.get('Acme')?.list.answerWith(redirect(`${elsewhere.origin}/v0.1/servers`, 307));
  expect(await curl(await findGateway(acme), servers)).toMatchObject({
    status: 503,
    body: { code: 'registry_unavailable' },
  });
  await app.checkNow('Acme');
  await expect(app.row('Acme').problem).toContainText('REGISTRY_REDIRECTED');
  expect(visits).toEqual([]);
  await elsewhere.close();
});
