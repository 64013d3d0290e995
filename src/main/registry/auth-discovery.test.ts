import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { empty, html, huge, json, redirect, reset, stall, text } from '../../../e2e/servers/answers';
import { unusedOrigin } from '../../../e2e/servers/http-server';
import { type Registry, type RegistryOptions, startRegistry } from '../../../e2e/servers/registry';
import { systemClock } from '../base/clock';
import { manualClock } from '../base/manual-clock';
import { discoverAuth, type RegistryAddress } from './auth-discovery';
import { directNetwork } from './testing/registries';

vi.setConfig({ testTimeout: 30_000 });

const issuer = 'https://login.acme.example/realms/main';
const path = '/registry/engineering';
const started: Registry[] = [];
const start = async (options: Partial<RegistryOptions> = {}) => {
  const registry = await startRegistry({ name: 'Acme', path, ...options });
  started.push(registry);
  return registry;
};
afterEach(async () => {
  for (const registry of started.splice(0)) await registry.close();
});

const discover = (registry: Pick<Registry, 'url'>, changes: Partial<RegistryAddress> = {}) =>
  discoverAuth(
    { network: directNetwork(), clock: systemClock },
    { url: registry.url, allowPrivateIp: true, ...changes },
  );
const outcome = async (...args: Parameters<typeof discover>) => {
  const said = await discover(...args);
  return said.ok ? said.value : said.failure;
};
const hostOf = ({ url }: Registry) => new URL(url).host;
const unusable = (registry: Registry, field: string) => ({
  kind: 'not-said',
  reason: { code: 'REGISTRY_SIGN_IN_INVALID', params: { host: hostOf(registry), field } },
});

describe('first, the description at the origin', () => {
  test('names everything, meant as ToolHive means it, and nobody else is asked', async () => {
    const registry = await start({
      issuer: 'https://other.example',
      description: { issuer, client_id: 'gatepass', scopes: ['openid'], audience: 'api://mcp', more: 1 },
    });
    expect(await outcome(registry)).toEqual({
      kind: 'offers',
      offers: [
        {
          issuer,
          clientId: 'gatepass',
          scopes: ['openid'],
          audience: 'api://mcp',
          audienceParameter: 'resource',
          callbackHost: 'localhost',
        },
      ],
    });
    expect(registry.requests.map(({ target }) => target)).toEqual(['/.well-known/toolhive-registry']);
    expect(registry.authorizations).toEqual([]);
  });

  test('may leave out all but the issuer', async () => {
    const registry = await start({ description: { issuer, scopes: null } });
    expect(await outcome(registry)).toEqual({
      kind: 'offers',
      offers: [{ issuer, audienceParameter: 'resource', callbackHost: 'localhost' }],
    });
  });

  test.each([
    ['issuer', {}],
    ['issuer', { issuer: 'http://login.acme.example' }],
    ['issuer', { issuer: 'https://alice:secret@login.acme.example' }],
    ['issuer', { issuer: 'https://169.254.169.254' }],
    ['issuer', { issuer: ['https://login.acme.example'] }],
    ['client_id', { issuer, client_id: 'a\nb' }],
    ['scopes', { issuer, scopes: ['openid', 'a b'] }],
    ['audience', { issuer, audience: 7 }],
    ['JSON', [issuer]],
  ])('with a bad %s nothing of it is used, and no value of it is repeated', async (field, body) => {
    const registry = await start({ issuer });
    registry.description.answerWith(json(200, body));
    registry.resourceMetadata.answerWith(empty(404));
    const said = await outcome(registry);
    expect(JSON.stringify(said)).not.toContain('secret');
    // The second way was tried, and had its own reason.
    expect(said).toEqual(unusable(registry, 'resource_metadata'));
    registry.list.answerWith(empty(401));
    expect(await outcome(registry)).toEqual(unusable(registry, field));
  });

  test.each([
    ['a web page', html()],
    ['an error', empty(500)],
    ['a redirect to another host', redirect('https://evil.example/')],
    ['64 MB', huge(64 * 1024 * 1024, 'absent')],
    ['a broken connection', reset],
    ['a name twice', text(200, 'application/json', `{"issuer":"${issuer}","issuer":"https://evil.example"}`)],
  ])('%s instead of it leads to the second way', async (_what, answer) => {
    const registry = await start({ issuer });
    registry.description.answerWith(answer);
    expect(await outcome(registry)).toMatchObject({ kind: 'offers', offers: [{ issuer }] });
  });
});

describe('then the metadata that a 401 points to', () => {
  const offer = (registry: Registry, of = issuer) => ({
    issuer: of,
    audience: registry.url,
    audienceParameter: 'resource',
  });

  test('names the issuer; the client id is not known', async () => {
    const registry = await start({ issuer });
    expect(await outcome(registry)).toEqual({ kind: 'offers', offers: [offer(registry)] });
    expect(registry.authorizations).toEqual([]);
  });

  test('may name several, each once, for a person to choose', async () => {
    const other = 'https://login.globex.example';
    const registry = await start({
      issuer,
      resourceMetadata: { authorization_servers: [issuer, other, issuer] },
    });
    expect(await outcome(registry)).toEqual({
      kind: 'offers',
      offers: [offer(registry), offer(registry, other)],
    });
  });

  test('asks no audience of a provider that refuses it', async () => {
    const entra = 'https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0';
    const registry = await start({ issuer: entra });
    expect(await outcome(registry)).toMatchObject({ offers: [{ issuer: entra }] });
    expect(JSON.stringify(await outcome(registry))).not.toContain('"audience"');
  });

  test.each(['', '/', '/registry', '/registry/', `${path}/`])(
    'counts when its resource is the registry or above it: "%s"',
    async (resource) => {
      const registry = await start({ issuer });
      const origin = new URL(registry.url).origin;
      registry.resourceMetadata.answerWith(
        json(200, { resource: origin + resource, authorization_servers: [issuer] }),
      );
      expect(await outcome(registry)).toMatchObject({ kind: 'offers' });
    },
  );

  test.each([
    `${path}/v0.1`,
    '/registry/eng',
    '/registry/finance',
    `${path}?x`,
    `${path}#x`,
    '/registry/%65ngineering',
  ])('is refused when its resource is another: "%s"', async (resource) => {
    const registry = await start({ issuer });
    const origin = new URL(registry.url).origin;
    registry.resourceMetadata.answerWith(
      json(200, { resource: origin + resource, authorization_servers: [issuer] }),
    );
    expect(await outcome(registry)).toEqual(unusable(registry, 'resource'));
  });

  test.each([
    ['resource', { resource: 'https://mcp.globex.example/registry/engineering' }],
    ['resource', { resource: null }],
    ['authorization_servers', { authorization_servers: [] }],
    ['authorization_servers', { authorization_servers: 'https://login.acme.example' }],
    ['authorization_servers', { authorization_servers: [issuer, 'file:///etc/passwd'] }],
    ['authorization_servers', { authorization_servers: Array<string>(11).fill(issuer) }],
  ])('is refused with a bad %s', async (field, resourceMetadata) => {
    const registry = await start({ issuer, resourceMetadata });
    expect(await outcome(registry)).toEqual(unusable(registry, field));
  });

  test.each([
    ['a web page', html()],
    ['a redirect', redirect('https://evil.example/')],
    ['64 MB', huge(64 * 1024 * 1024, 'absent')],
    ['nothing', empty(404)],
  ])('is refused when it is %s', async (_what, answer) => {
    const registry = await start({ issuer });
    registry.resourceMetadata.answerWith(answer);
    expect(await outcome(registry)).toMatchObject({ kind: 'not-said', reason: { params: {} } });
  });

  test('is never fetched from another origin, however alike', async () => {
    const stranger = await start();
    const registry = await start({ issuer });
    const { port } = registry;
    const elsewhere = [
      `${stranger.url}/x`,
      `http://localhost:${port}/x`,
      `http://user@127.0.0.1:${port}/x`,
      '/.well-known/oauth-protected-resource',
      'javascript:alert(1)',
    ];
    for (const address of elsewhere) {
      registry.list.answerWith(empty(401, { 'www-authenticate': `Bearer resource_metadata="${address}"` }));
      expect(await outcome(registry), address).toEqual(unusable(registry, 'resource_metadata'));
    }
    expect(stranger.requests).toEqual([]);
    expect(registry.elsewhere.requests).toEqual([]);
  });
});

describe('else it has to be typed', () => {
  test.each([
    ['a 401 that points nowhere', empty(401, { 'www-authenticate': 'Bearer realm="acme"' })],
    ['a 401 without a challenge', empty(401)],
    ['a 403', empty(403)],
  ])('after %s', async (_what, answer) => {
    const registry = await start({ issuer });
    registry.list.answerWith(answer);
    expect(await outcome(registry)).toEqual({ kind: 'not-said' });
  });
});

test('a registry that answers everybody needs no sign-in', async () => {
  const registry = await start();
  expect(await outcome(registry)).toEqual({ kind: 'none-needed' });
});

describe('a static file', () => {
  test('is never asked how to sign in, as none is ever sent to it', async () => {
    const registry = await start({ description: { issuer, client_id: 'gatepass' } });
    expect(await outcome({ url: registry.staticUrl })).toEqual({ kind: 'none-needed' });
    expect(registry.description.requests).toEqual([]);
  });

  test('behind a sign-in is not the address to use', async () => {
    const registry = await start({ issuer });
    expect(await outcome({ url: registry.staticUrl })).toEqual({
      code: 'REGISTRY_FILE_NEEDS_SIGN_IN',
      params: { name: hostOf(registry) },
    });
  });
});

describe('what is no registry, or not there, is said as it is', () => {
  let registry: Registry;
  beforeEach(async () => {
    registry = await start();
  });

  test.each([
    ['REGISTRY_NOT_FOUND', empty(404)],
    ['REGISTRY_NOT_A_REGISTRY', html()],
    ['REGISTRY_NOT_A_REGISTRY', json(200, { hello: 'world' })],
    ['REGISTRY_UNAVAILABLE', empty(503)],
    ['REGISTRY_REDIRECTED', redirect('https://evil.example/')],
    ['REGISTRY_ANSWER_TOO_LARGE', huge(64 * 1024 * 1024, 'absent')],
    ['NET_INTERRUPTED', reset],
  ])('%s', async (code, answer) => {
    registry.list.answerWith(answer);
    expect(await outcome(registry)).toMatchObject({ code });
  });

  test('a private address is refused unless it was allowed, before anything is sent', async () => {
    expect(await outcome(registry, { allowPrivateIp: false })).toMatchObject({
      code: 'REGISTRY_PRIVATE_ADDRESS',
    });
    expect(registry.requests).toEqual([]);
  });

  test('where nobody answers is found out once', async () => {
    expect(await outcome({ url: await unusedOrigin() })).toMatchObject({ code: 'NET_REFUSED' });
  });
});

describe('it never hangs', () => {
  test('each question has five seconds', async () => {
    const registry = await start({ issuer });
    registry.description.answerWith(stall);
    registry.list.answerWith(stall);
    const clock = manualClock();
    const network = directNetwork({ clock });
    const running = discoverAuth({ network, clock }, { url: registry.url, allowPrivateIp: true });
    await vi.waitFor(() => {
      expect(registry.description.requests).toHaveLength(1);
    });
    await clock.advance(5_000);
    await vi.waitFor(() => {
      expect(registry.list.requests).toHaveLength(1);
    });
    await clock.advance(5_000);
    expect(await running).toMatchObject({ ok: false, failure: { code: 'NET_TIMEOUT' } });
  });

  test('and a person can stop it', async () => {
    const registry = await start({ issuer });
    registry.list.answerWith(stall);
    const controller = new AbortController();
    const running = discoverAuth(
      { network: directNetwork(), clock: systemClock },
      { url: registry.url, allowPrivateIp: true },
      controller.signal,
    );
    await vi.waitFor(() => {
      expect(registry.list.requests).toHaveLength(1);
    });
    controller.abort();
    expect(await running).toMatchObject({ ok: false });
  });
});
