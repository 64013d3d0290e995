import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { empty, html, json, redirect, reset, stall } from '../../../e2e/servers/answers';
import { type Registry as RegistryServer, startRegistry } from '../../../e2e/servers/registry';
import { failed, type Result } from '../base/failure';
import { type ManualClock, manualClock } from '../base/manual-clock';
import type { Secret } from '../base/secret';
import type { Registry } from '../config';
import { RegistryChecks } from './registry-checks';
import { RegistryClient } from './registry-client';
import { aProtectedRegistry, aRegistry, directNetwork } from './testing/registries';

let server: RegistryServer;
let configured: Registry | undefined;
let clock: ManualClock;
let checks: RegistryChecks;
let changes: number;
let token: () => Promise<Result<Secret>>;

beforeEach(async () => {
  server = await startRegistry({ name: 'Acme' });
  configured = aRegistry(server.url);
  clock = manualClock();
  changes = 0;
  token = () => Promise.resolve(failed('REGISTRY_AUTH_REQUIRED'));
  const registry = () => configured;
  const client = new RegistryClient({
    network: directNetwork({ clock }),
    clock,
    registry,
    accessToken: () => token(),
    judged: () => undefined,
  });
  checks = new RegistryChecks({ client, clock, registry, changed: () => changes++ });
});
afterEach(async () => {
  checks.close();
  await server.close();
});

/** The code a check ends with, which is also what is known from then on. */
async function codeOf(): Promise<string> {
  const result = await checks.check('acme');
  const known = checks.reachability('acme');
  const code = result.ok ? 'answers' : result.failure.code;
  expect(known?.kind === 'fails' ? known.problem.code : known?.kind).toBe(code);
  return code;
}

test('a registry that answers as one does', async () => {
  expect(await codeOf()).toBe('answers');
  expect(server.requests.map(({ target }) => target)).toEqual(['/v0.1/servers?limit=1&version=latest']);
  expect(checks.reachability('acme')).toEqual({ kind: 'answers', checkedAt: clock.now() });
});

test('a static file is one as well, by its address or by what is configured', async () => {
  configured = aRegistry(server.staticUrl);
  expect(await codeOf()).toBe('answers');
  configured = aRegistry(`${server.url}/catalogue`, { kind: 'static' });
  server.elsewhere.answerOnce(json(200, { version: '1', data: { servers: [] } }));
  expect(await codeOf()).toBe('answers');
  expect(server.requests.map(({ target }) => target)).toEqual(['/registry.json', '/catalogue']);
});

describe('the true reason why it does not', () => {
  const pages = { servers: [], metadata: {} };
  test.each([
    ['REGISTRY_NOT_FOUND', empty(404)],
    ['REGISTRY_NOT_A_REGISTRY', html()],
    ['REGISTRY_NOT_A_REGISTRY', json(200, { servers: [] })],
    ['REGISTRY_NOT_A_REGISTRY', json(200, { ...pages, servers: {} })],
    ['REGISTRY_NOT_A_REGISTRY', json(200, [])],
    ['REGISTRY_NOT_A_REGISTRY', json(200, null)],
    ['REGISTRY_NOT_A_REGISTRY', json(400, pages)],
    ['REGISTRY_NOT_A_REGISTRY', empty(204)],
    ['REGISTRY_NEEDS_SIGN_IN', empty(401)],
    ['REGISTRY_FORBIDDEN', empty(403)],
    ['REGISTRY_UNAVAILABLE', empty(502)],
    ['REGISTRY_UNAVAILABLE', empty(429)],
    ['REGISTRY_REDIRECTED', redirect('https://login.acme.example/sign-in')],
    ['NET_INTERRUPTED', reset],
  ])('%s', async (code, answer) => {
    server.list.answerOnce(answer);
    expect(await codeOf()).toBe(code);
  });

  test('nothing of a file but its list makes it a registry', async () => {
    configured = aRegistry(server.staticUrl);
    server.staticFile.answerOnce(json(200, pages));
    expect(await codeOf()).toBe('REGISTRY_NOT_A_REGISTRY');
  });

  test('it says how long it wants to be left alone', async () => {
    server.list.answerOnce(empty(503, { 'retry-after': '30' }));
    const { host } = new URL(server.url);
    expect(await checks.check('acme')).toMatchObject({ failure: { params: { host, seconds: 30 } } });
  });

  test('it has 5 s', async () => {
    server.list.answerOnce(stall);
    const code = codeOf();
    await expect.poll(() => server.requests.length).toBe(1);
    expect(checks.reachability('acme')).toEqual({ kind: 'checking' });
    await Promise.all([expect(code).resolves.toBe('NET_TIMEOUT'), clock.advance(5_000)]);
  });
});

test('a second question joins the one that runs', async () => {
  const hold = server.list.holdRequests();
  const both = [checks.check('acme'), checks.check('acme')];
  await hold.arrived;
  hold.release();
  expect(await Promise.all(both)).toMatchObject([{ ok: true }, { ok: true }]);
  expect(server.requests).toHaveLength(1);
  await checks.check('acme');
  expect(server.requests).toHaveLength(2);
});

test('before the first sign-in nothing is asked and nothing is known', async () => {
  configured = aProtectedRegistry(server.url);
  expect(await checks.check('acme')).toMatchObject({ failure: { code: 'REGISTRY_AUTH_REQUIRED' } });
  expect(checks.reachability('acme')).toBeUndefined();
  expect(server.requests).toEqual([]);
});

test.each(['STORE_LOCKED', 'STORE_FULL'] as const)(
  'a token that could not be had here (%s) says nothing of the registry',
  async (code) => {
    configured = aProtectedRegistry(server.url);
    token = () => Promise.resolve(failed(code));
    expect(await checks.check('acme')).toMatchObject({ failure: { code } });
    expect(checks.reachability('acme')).toBeUndefined();
  },
);

test('what was asked of a registry says nothing of the one that took its place', async () => {
  const hold = server.list.holdRequests();
  const check = checks.check('acme');
  await hold.arrived;
  configured = aRegistry('https://mcp.globex.example');
  hold.release();
  expect(await check).toMatchObject({ failure: { code: 'OP_STALE' } });
  expect(checks.reachability('acme')).toBeUndefined();
});

test('an answer that comes after the sign-out is not remembered', async () => {
  const hold = server.list.holdRequests();
  const check = checks.check('acme');
  await hold.arrived;
  checks.forget('acme');
  hold.release();
  expect(await check).toMatchObject({ failure: { code: 'OP_STALE' } });
  expect(checks.reachability('acme')).toBeUndefined();
});

test('one that is gone or blocked is not asked', async () => {
  const blocked = { code: 'CFG_ISSUER_NOT_ALLOWED', params: {} } as const;
  for (const registry of [undefined, aRegistry(server.url, { blocked })]) {
    configured = registry;
    expect(await checks.check('acme')).toMatchObject({ failure: { code: 'OP_STALE' } });
  }
  expect(server.requests).toEqual([]);
});

describe('asked again by itself', () => {
  const askedSoFar = (count: number) => expect.poll(() => server.requests.length).toBe(count);
  const settled = () => expect.poll(() => checks.reachability('acme')?.kind).not.toBe('checking');

  test('is one that cannot be reached, less and less often, until it answers', async () => {
    server.list.answerWith(empty(503));
    await checks.check('acme');
    for (const [round, pauseMs] of [60_000, 120_000, 240_000].entries()) {
      await clock.advance(pauseMs - 1);
      await askedSoFar(round + 1);
      await clock.advance(1);
      await askedSoFar(round + 2);
      await settled();
    }
    server.list.behave();
    await clock.advance(480_000);
    await expect.poll(() => checks.reachability('acme')?.kind).toBe('answers');
    await clock.advance(3_600_000);
    await askedSoFar(5);
  });

  test('is none that somebody has to mend, and none that was forgotten', async () => {
    server.list.answerOnce(empty(404));
    await checks.check('acme');
    await clock.advance(3_600_000);
    await askedSoFar(1);
    server.list.answerOnce(empty(503));
    await checks.check('acme');
    checks.forget('acme');
    expect(checks.reachability('acme')).toBeUndefined();
    await clock.advance(3_600_000);
    await askedSoFar(2);
  });
});

test('each step is told', async () => {
  await checks.check('acme');
  expect(changes).toBe(2);
});
