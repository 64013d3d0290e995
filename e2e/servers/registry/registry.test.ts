import { afterEach, beforeEach, expect, test } from 'vitest';
import { empty, html, redirect, stall } from '../answers';
import { rawClient } from '../code-flow';
import { send } from '../http-client';
import type { HttpAnswer } from '../http-client';
import { personNamed, startIdentityProvider } from '../identity-provider';
import type { IdentityProvider } from '../identity-provider';
import { startRegistry } from './index';
import type { Registry, RegistryOptions } from './index';

const audiences = ['https://registry.acme.example', 'https://other.example'];
let provider: IdentityProvider;
let registry: Registry;

beforeEach(async () => {
  provider = await startIdentityProvider({ name: 'Acme', audiences, signingAlgorithm: 'ES256' });
});
afterEach(async () => {
  await registry.close();
  await provider.close();
});

const start = async (options: Partial<RegistryOptions> = {}) =>
  (registry = await startRegistry({ name: 'Acme', issuer: provider.issuer, ...options }));
const tokenFor = async (audience?: string): Promise<string> => {
  const extra = audience === undefined ? {} : { audience };
  return String((await rawClient(provider.issuer, { extra }).signIn()).body['access_token']);
};
const get = (path: string, token?: string): Promise<HttpAnswer> =>
  send({
    url: registry.url + path,
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  });
const bodyOf = (answer: HttpAnswer): unknown => JSON.parse(answer.body);
const pageOf = (answer: HttpAnswer) => bodyOf(answer) as Page;

interface Page {
  servers: { server: { name: string } }[];
  metadata: { nextCursor?: string; count: number };
}

test('a token of its issuer for its audience reads the list; every Authorization header is remembered', async () => {
  await start();
  const token = await tokenFor();
  const answer = await get('/v0.1/servers?limit=100&version=latest', token);
  expect(answer.status).toBe(200);
  expect(pageOf(answer).servers).toHaveLength(12);
  expect(registry.authorizations).toEqual([`Bearer ${token}`]);
  expect(registry.list.count).toBe(1);
});

test('a token for another audience, of another issuer, cut, or none at all, is refused', async () => {
  await start();
  const stranger = await startIdentityProvider({ name: 'Other', signingAlgorithm: 'ES256' });
  const foreign = String((await rawClient(stranger.issuer).signIn()).body['access_token']);
  await stranger.close();
  const own = await tokenFor();
  for (const token of [
    await tokenFor('https://other.example'),
    foreign,
    own.slice(0, -4),
    'opaque',
    undefined,
  ]) {
    const answer = await get('/v0.1/servers', token);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('resource_metadata="');
  }
});

test('an expired token is refused', async () => {
  await start();
  provider.setAccessTokenSeconds(1);
  const token = await tokenFor();
  await expect.poll(async () => (await get('/v0.1/servers', token)).status, { timeout: 5000 }).toBe(401);
});

test('the refusal leads to the issuer (RFC 9728)', async () => {
  await start({ path: '/registry/engineering' });
  const header = (await get('/v0.1/servers')).headers['www-authenticate'] ?? '';
  const address = /resource_metadata="([^"]+)"/.exec(header)?.[1] ?? '';
  expect(address).toContain('/.well-known/oauth-protected-resource/registry/engineering');
  expect(JSON.parse((await send({ url: address })).body)).toMatchObject({
    resource: registry.url,
    authorization_servers: [provider.issuer],
  });
});

test('the list comes in pages and can be searched', async () => {
  await start({ servers: 250 });
  const token = await tokenFor();
  const names = new Set<string>();
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const page = pageOf(await get(`/v0.1/servers?limit=100&cursor=${cursor}`, token));
    for (const { server } of page.servers) names.add(server.name);
    cursor = page.metadata.nextCursor;
  }
  expect(names.size).toBe(250);
  expect(registry.list.count).toBe(3);
  const found = pageOf(await get('/v0.1/servers?search=warehouse', token));
  expect(found.servers.map(({ server }) => server.name)).toEqual(['io.acme.data/warehouse']);
});

test('one server is found by its encoded name, and only then', async () => {
  await start({ path: '/registry/engineering' });
  const token = await tokenFor();
  const answer = await get('/v0.1/servers/io.acme%2Ftickets/versions/latest', token);
  expect(bodyOf(answer)).toMatchObject({ server: { name: 'io.acme/tickets' } });
  const tag = answer.headers.etag ?? '';
  const url = `${registry.url}/v0.1/servers/io.acme%2Ftickets/versions/latest`;
  const again = await send({ url, headers: { authorization: `Bearer ${token}`, 'if-none-match': tag } });
  expect(again.status).toBe(304);
  expect((await get('/v0.1/servers/io.acme%2Fnothing/versions/latest', token)).status).toBe(404);
});

test('it says who is asking', async () => {
  await start();
  expect(bodyOf(await get('/v1/me', await tokenFor()))).toEqual({
    subject: personNamed('alice@acme.example').sub,
    roles: ['reader'],
  });
});

test('it describes its sign-in only when told to', async () => {
  await start();
  expect((await get('/.well-known/toolhive-registry')).status).toBe(404);
  await registry.close();
  await start({ description: { issuer: provider.issuer, client_id: 'gatepass' } });
  expect(bodyOf(await get('/.well-known/toolhive-registry'))).toMatchObject({ client_id: 'gatepass' });
});

test('without an issuer everyone may read, also the static file', async () => {
  registry = await startRegistry({ name: 'Open' });
  expect((await get('/v0.1/servers')).status).toBe(200);
  const file = JSON.parse((await send({ url: registry.staticUrl })).body) as { data: { servers: unknown[] } };
  expect(file.data.servers).toHaveLength(12);
});

test('it can be told to refuse every token, and to ask for a role', async () => {
  await start();
  const token = await tokenFor();
  registry.rejectAllTokens();
  expect((await get('/v0.1/servers', token)).status).toBe(401);
  registry.rejectAllTokens(false);
  registry.requireRole('admin');
  expect((await get('/v0.1/servers', token)).status).toBe(403);
  registry.requireRole('reader');
  expect((await get('/v0.1/servers', token)).status).toBe(200);
});

test('it can be told to be busy, redirect elsewhere, lie or hang, and to behave again', async () => {
  await start();
  const token = await tokenFor();
  registry.list.answerOnce(empty(429, { 'retry-after': '7' }));
  registry.list.answerOnce(redirect('https://elsewhere.example/'));
  const busy = await get('/v0.1/servers', token);
  expect([busy.status, busy.headers['retry-after']]).toEqual([429, '7']);
  expect((await get('/v0.1/servers', token)).headers.location).toBe('https://elsewhere.example/');
  registry.list.answerWith(html());
  expect((await get('/v0.1/servers', token)).headers['content-type']).toMatch(/^text\/html/);
  registry.list.answerWith(stall);
  const hanging = fetch(`${registry.url}/v0.1/servers`, { signal: AbortSignal.timeout(100) });
  await expect(hanging).rejects.toThrow(/timeout/);
  registry.list.behave();
  expect((await get('/v0.1/servers', token)).status).toBe(200);
});
