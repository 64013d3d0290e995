import { createHmac } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finishSignIn } from '../../../e2e/servers/browser';
import { json, redirect } from '../../../e2e/servers/answers';
import { startRegistry } from '../../../e2e/servers/registry';
import { failure } from '../base/failure';
import { clientOf } from '../identity/testing/client';
import { get, openIdle, sendRaw, statusOf } from '../identity/testing/raw-http';
import { registryOf } from '../sessions/testing/registry-of';
import { type Office, openOffice } from './testing/office';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const list = '/registry/acme/v0.1/servers';

test('a caller learns who answers before it sends the token', async () => {
  const { ask, port, gateway } = office;
  const anonymous = { headers: { authorization: undefined } };
  expect(await ask('/health', anonymous)).toMatchObject({ status: 204, body: '' });
  const { status, json: body } = await ask('/health?nonce=n-1', anonymous);
  const proof = createHmac('sha256', gateway.token.reveal()).update(`n-1${port}`).digest('hex');
  expect({ status, body }).toEqual({ status: 200, body: { proof } });
  for (const bad of ['nonce=', 'nonce=a&nonce=b', `nonce=${'a'.repeat(257)}`])
    expect((await ask(`/health?${bad}`, anonymous)).status).toBe(400);
});

test('it listens on the IPv4 loopback address and nowhere else', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const host of ['::1', ...others.map(({ address }) => address)])
    await expect(openIdle(office.port, host)).rejects.toThrow();
});

test('every start has a token of its own, of 32 random bytes', async () => {
  const other = await openOffice();
  await other.close();
  const [mine, theirs] = [office.gateway.token.reveal(), other.gateway.token.reveal()];
  expect(Buffer.from(mine, 'base64url')).toHaveLength(32);
  expect(mine).not.toBe(theirs);
});

test('other programs see what the window shows: id, name, address, origin and state', async () => {
  const { ask, registry, provider } = office;
  const acme = {
    name: 'acme',
    display_name: 'Acme MCP',
    type: 'api',
    source: registry.url,
    config_source: 'user',
    auth_status: 'configured',
    auth_type: 'oauth',
    auth_config: {
      issuer: provider.issuer,
      client_id: 'gatepass',
      scopes: ['openid', 'offline_access'],
      audience: 'https://mcp.acme.example',
    },
  };
  expect((await ask('/api/v1beta/registry')).json).toEqual({ registries: [acme] });
  expect((await ask('/api/v1beta/registry/acme')).json).toEqual(acme);
  const missing = await ask('/api/v1beta/registry/nobody');
  expect({ status: missing.status, body: missing.json }).toMatchObject({
    status: 404,
    body: { code: 'not_found' },
  });
});

test('without a session the registry is not asked, and the answer is 503, since a person has to sign in', async () => {
  const before = office.registry.requests.length;
  const { status, json: body } = await office.ask(list);
  expect({ status, body }).toMatchObject({ status: 503, body: { code: 'registry_auth_required' } });
  expect(office.registry.requests.length).toBe(before);
});

test('with a session the registry’s own answer comes back, and nothing of the caller but two headers goes there', async () => {
  const { ask, desk, registry, gateway } = office;
  await desk.signIn('acme');
  const {
    status,
    json: body,
    headers,
  } = await ask(`${list}?limit=2&version=latest`, {
    headers: { accept: 'application/json', 'x-custom': '1', cookie: 'a=b', 'user-agent': 'curl' },
  });
  expect(status).toBe(200);
  expect((body as { servers: unknown[] }).servers).toHaveLength(2);
  expect(headers['content-type']).toBe('application/json');
  const seen = registry.list.requests.at(-1);
  expect(seen?.target).toContain('/v0.1/servers?limit=2&version=latest');
  expect(seen?.headers).toMatchObject({ accept: 'application/json' });
  expect(seen?.headers).not.toHaveProperty('x-custom');
  expect(seen?.headers).not.toHaveProperty('cookie');
  expect(seen?.headers['user-agent']).not.toBe('curl');
  expect(JSON.stringify(registry.requests)).not.toContain(gateway.token.reveal());
});

test('of the registry’s headers only those come back that describe the content and its age', async () => {
  const { ask, registry } = office;
  const kept = {
    'content-type': 'application/json; charset=utf-8',
    etag: '"1"',
    'last-modified': 'Thu, 15 Jan 2026 09:00:00 GMT',
    'cache-control': 'max-age=60',
    'retry-after': '7',
  };
  const dropped = {
    'set-cookie': 'session=1',
    'access-control-allow-origin': '*',
    'www-authenticate': 'Bearer token="secret"',
    'x-internal': 'host-7',
    location: 'https://elsewhere.example/',
  };
  registry.list.answerOnce(json(422, { detail: 'not this' }, { ...kept, ...dropped }));
  const { status, headers, json: body } = await ask(list);
  expect({ status, body }).toEqual({ status: 422, body: { detail: 'not this' } });
  expect(headers).toMatchObject(kept);
  for (const name of Object.keys(dropped)) expect(headers).not.toHaveProperty(name);
});

test('one server is asked for by its name with an encoded slash, and again only if it changed', async () => {
  const { ask, registry } = office;
  const { servers } = (await ask(`${list}?limit=1`)).json as { servers: { server: { name: string } }[] };
  const address = `${list}/${encodeURIComponent(servers[0]?.server.name ?? '')}/versions/latest`;
  const first = await ask(address);
  expect(first.status).toBe(200);
  const again = await ask(address, { headers: { 'if-none-match': first.headers.etag } });
  expect(again).toMatchObject({ status: 304, body: '' });
  expect(registry.server.requests.at(-1)?.headers['if-none-match']).toBe(first.headers.etag);
});

test('HEAD is passed on as HEAD', async () => {
  const { ask, registry } = office;
  expect(await ask(list, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  expect(registry.list.requests.at(-1)?.method).toBe('HEAD');
});

test('a registry that refuses this account is told apart from a missing sign-in', async () => {
  const { ask, registry } = office;
  registry.requireRole('admin');
  const forbidden = await ask(list);
  expect(forbidden).toMatchObject({ status: 403, json: { code: 'registry_forbidden' } });
  registry.requireRole(undefined);
});

test('no other method and no other address is served, and none with CORS headers', async () => {
  const { ask } = office;
  expect(await ask(list, { method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  expect(await ask('/api/v1beta/registry/acme/auth/initiate')).toMatchObject({
    status: 405,
    headers: { allow: 'POST' },
  });
  for (const path of ['/', '/api', '/api/v1beta/registry/', '/registry/acme', '/registry/acme/v0.1', '/%'])
    expect((await ask(path)).status, path).toBeGreaterThanOrEqual(400);
  const preflight = await ask(list, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
  });
  expect(preflight.status).toBe(403);
  expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('a path that would lead out of the registry’s area never reaches the registry', async () => {
  const before = office.registry.requests.length;
  for (const path of [
    '/registry/acme/v0.1/../../admin',
    '/registry/acme/v0.1/%2e%2e/admin',
    '/registry/acme/v0.1/servers%2f..%2f..%2fadmin',
    '/registry/acme/v0.1/servers\\..\\admin',
  ])
    expect((await office.ask(path)).status, path).toBe(404);
  expect(office.registry.requests.length).toBe(before);
});

test.each([
  ['two lengths', ['Content-Length: 5', 'Content-Length: 6'], 'hello'],
  ['a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
  ['an encoding that hides chunks', ['Transfer-Encoding: xchunked'], '0\r\n\r\n'],
  ['a space before the colon', ['Content-Length : 5'], 'hello'],
  ['a folded header', ['X-A: 1', ' Content-Length: 5'], 'hello'],
  ['a bare line feed', ['X-A: 1\nContent-Length: 5'], 'hello'],
])(
  'a request with %s ends its connection, and what follows it is not answered',
  async (_what, lines, body) => {
    const { port, gateway } = office;
    const authorization = `Authorization: Bearer ${gateway.token.reveal()}`;
    const smuggled = get(port, '/api/v1beta/registry', [authorization, 'Connection: close']);
    const first = [
      'POST /api/v1beta/registry/acme/auth/initiate HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      authorization,
      ...lines,
      '',
      body,
    ].join('\r\n');
    const answer = await sendRaw(port, first + smuggled);
    expect(statusOf(answer)).toBe(400);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  },
);

test('a body of more than 1 MiB is refused, whether its length is said or not', async () => {
  const { ask, control } = office;
  control.isAllowed = true;
  const path = '/api/v1beta/registry/nobody/auth/logout';
  const body = 'a'.repeat(1024 * 1024 + 1);
  expect(
    await ask(path, { method: 'POST', headers: { 'content-length': String(body.length) }, body }),
  ).toMatchObject({ status: 413, json: { code: 'payload_too_large' } });
  const chunked = { 'transfer-encoding': 'chunked' };
  expect((await ask(path, { method: 'POST', headers: chunked, body })).status).toBe(413);
  expect((await ask(path, { method: 'POST', headers: chunked, body: body.slice(1) })).status).toBe(404);
  control.isAllowed = false;
});

test('signing out through the gateway needs the switch, and takes effect at once', async () => {
  const { ask, control, desk, events } = office;
  const logout = () => ask('/api/v1beta/registry/acme/auth/logout', { method: 'POST' });
  await desk.signIn('acme');
  expect(await logout()).toMatchObject({ status: 403, json: { code: 'session_control_disabled' } });
  control.isLocked = true;
  expect(await logout()).toMatchObject({ status: 403, json: { code: 'setting_locked' } });
  Object.assign(control, { isAllowed: true, isLocked: false });
  expect(await logout()).toMatchObject({ status: 200, json: { status: 'logged_out' } });
  expect(desk.sessions.state('acme')?.kind).toBe('signed-out');
  expect((await ask(list)).status).toBe(503);
  expect(events).toContainEqual({ level: 'info', name: 'gateway', kind: 'signed-out', registryId: 'acme' });
  control.isAllowed = false;
});

test('a program starts one sign-in, a second one learns of it, and both see it complete', async () => {
  const { ask, control, desk } = office;
  const initiate = () => ask('/api/v1beta/registry/acme/auth/initiate', { method: 'POST' });
  expect(await initiate()).toMatchObject({ status: 403, json: { code: 'session_control_disabled' } });
  control.isAllowed = true;
  const before = desk.opened.length;
  const [first, second] = await Promise.all([initiate(), initiate()]);
  const [started, refused] = first.status === 202 ? [first, second] : [second, first];
  const flow = started.json as { flow_id: string; poll_url: string; expires_at: string };
  expect(started.status).toBe(202);
  expect(refused).toMatchObject({ status: 409, json: { code: 'flow_in_progress', flow_id: flow.flow_id } });
  expect(Date.parse(flow.expires_at)).toBeGreaterThan(Date.now() + 60_000);

  const { pathname, search, origin } = new URL(flow.poll_url);
  expect(origin).toBe(office.gateway.url);
  const poll = async () => (await ask(pathname + search)).json;
  expect(await poll()).toEqual({ flow_id: flow.flow_id, state: 'pending' });
  await expect.poll(() => desk.opened.length).toBe(before + 1);
  await finishSignIn(desk.opened[before] ?? '');
  await desk.until('acme', 'signed-in');
  expect(await poll()).toEqual({ flow_id: flow.flow_id, state: 'completed' });
  expect((await ask('/api/v1beta/registry/acme/auth/status?flow_id=nobody')).status).toBe(404);
  expect((await ask('/api/v1beta/registry/acme/auth/status')).status).toBe(400);
  control.isAllowed = false;
});

test('what only a person may confirm is said as that, and the window asks', async () => {
  const host = 'xn--cme-8cd.example';
  const client = clientOf('https://login.acme.example');
  const lookalike = {
    ...registryOf('lookalike', client),
    warnings: [failure('CFG_HOST_SUSPICIOUS', { host })],
  };
  const cautious = await openOffice({ others: [lookalike] });
  const { ask, control, desk, askedAbout, events } = cautious;
  control.isAllowed = true;
  const answer = await ask('/api/v1beta/registry/lookalike/auth/initiate', { method: 'POST' });
  expect(answer).toMatchObject({ status: 409, json: { code: 'confirmation_required' } });
  expect((answer.json as { message: string }).message).toContain('in the window of Gatepass');
  expect(askedAbout).toEqual(['lookalike']);
  expect(desk.opened).toEqual([]);
  expect(events).toContainEqual({
    level: 'warn',
    name: 'gateway',
    kind: 'confirmation-needed',
    registryId: 'lookalike',
    code: 'CFG_HOST_SUSPICIOUS',
  });
  desk.sessions.signIn('lookalike', 'default', { host });
  await desk.until('lookalike', 'signing-in');
  expect(await ask('/api/v1beta/registry/lookalike/auth/initiate', { method: 'POST' })).toMatchObject({
    json: { code: 'flow_in_progress' },
  });
  expect(askedAbout).toHaveLength(1);
  await cautious.close();
});

test('a registry that asks to be left alone is left alone, and the caller learns for how long', async () => {
  const busy = await openOffice();
  await busy.desk.signIn('acme');
  busy.registry.list.answerOnce(json(429, { detail: 'slow down' }, { 'retry-after': '30' }));
  expect(await busy.ask(list)).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
  const asked = busy.registry.list.count;
  const again = await busy.ask(list);
  expect(again).toMatchObject({ status: 503, json: { code: 'registry_unavailable' } });
  expect(Number(again.headers['retry-after'])).toBeGreaterThan(20);
  expect(busy.registry.list.count).toBe(asked);
  await busy.close();
});

test('a redirect to another host is not followed, and the token never goes there', async () => {
  const elsewhere = await startRegistry({ name: 'Elsewhere' });
  const { ask, desk, registry } = office;
  if (desk.sessions.state('acme')?.kind !== 'signed-in') await desk.signIn('acme');
  for (const status of [301, 302, 303, 307, 308] as const) {
    registry.list.answerOnce(redirect(`${elsewhere.url}/v0.1/servers`, status));
    expect(await ask(list)).toMatchObject({ status: 503, json: { code: 'registry_unavailable' } });
  }
  expect(elsewhere.requests).toEqual([]);
  await elsewhere.close();
});

test('no token of the provider is in any answer, event or line that the gateway makes', async () => {
  const { ask, desk, registry, provider, events, control } = office;
  if (desk.sessions.state('acme')?.kind !== 'signed-in') await desk.signIn('acme');
  control.isAllowed = true;
  const answers = [];
  for (const path of [
    '/openapi.json',
    '/api/v1beta/registry',
    '/api/v1beta/registry/acme',
    list,
    `${list}/nobody%2Fnothing/versions/latest`,
  ])
    answers.push(await ask(path));
  registry.rejectAllTokens();
  answers.push(await ask(list));
  registry.rejectAllTokens(false);
  answers.push(await ask('/api/v1beta/registry/acme/auth/initiate', { method: 'POST' }));
  desk.sessions.cancelSignIn('acme');
  answers.push(await ask('/api/v1beta/registry/acme/auth/logout', { method: 'POST' }));
  const text = JSON.stringify([answers, events]);
  expect(provider.issued.length).toBeGreaterThan(3);
  for (const { value } of provider.issued) expect(text).not.toContain(value);
  for (const secret of desk.opened.flatMap((url) => [...new URL(url).searchParams.values()]))
    if (secret.length > 30) expect(text).not.toContain(secret);
  control.isAllowed = false;
});
