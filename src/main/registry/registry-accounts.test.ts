import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { empty, html, json, stall } from '../../../e2e/servers/answers';
import { rawClient } from '../../../e2e/servers/code-flow';
import {
  type IdentityProvider,
  personNamed,
  startIdentityProvider,
} from '../../../e2e/servers/identity-provider';
import { type Registry as RegistryServer, startRegistry } from '../../../e2e/servers/registry';
import { type Result, success } from '../base/failure';
import { type ManualClock, manualClock } from '../base/manual-clock';
import { Secret } from '../base/secret';
import type { Registry } from '../config';
import { RegistryAccounts } from './registry-accounts';
import { RegistryClient } from './registry-client';
import { aProtectedRegistry, aRegistry, directNetwork } from './testing/registries';

const audience = 'https://registry.acme.example';
let provider: IdentityProvider;
let server: RegistryServer;
let configured: Registry;
let token: Result<Secret>;
let forced: boolean[];
let judged: string[];
let changes: string[];
let clock: ManualClock;
let accounts: RegistryAccounts;

beforeEach(async () => {
  provider = await startIdentityProvider({ name: 'Acme', audiences: [audience] });
  server = await startRegistry({
    name: 'Acme',
    path: '/registry/engineering',
    issuer: provider.issuer,
    audience,
  });
  configured = aProtectedRegistry(server.url);
  token = success(new Secret(String((await rawClient(provider.issuer).signIn()).body['access_token'])));
  [forced, judged, changes] = [[], [], []];
  clock = manualClock();
  const registry = () => configured;
  const client = new RegistryClient({
    network: directNetwork({ clock }),
    clock,
    registry,
    accessToken: (_id, { force }) => {
      forced.push(force);
      return Promise.resolve(token);
    },
    judged: (_id, verdict) => judged.push(verdict.ok ? 'taken' : verdict.failure.code),
  });
  accounts = new RegistryAccounts({ client, clock, registry, changed: (id) => changes.push(id) });
});
afterEach(async () => {
  await server.close();
  await provider.close();
});

const alice = { subject: personNamed('alice@acme.example').sub, roles: ['reader'] };

test('a registry says as whom it knows the person, at the root of its host, once', async () => {
  await accounts.ask('acme');
  await accounts.ask('acme');
  expect(accounts.knownAs('acme')).toEqual(alice);
  expect(server.requests.map(({ target }) => target)).toEqual(['/v1/me']);
  expect(changes).toEqual(['acme']);
  expect(accounts.knownAs('globex')).toBeUndefined();
});

test.each([
  ['no such address', empty(404)],
  ['a page', html()],
  ['another shape', json(200, { sub: 'alice' })],
  ['nobody', json(200, { subject: '\u200b' })],
  ['a server that is broken', empty(500)],
  ['a server that asks to be left alone', empty(503, { 'retry-after': '60' })],
  ['a no', empty(403)],
  ['a token that it does not want', empty(401)],
])('%s there is not worth a word, nor a second question', async (_what, answer) => {
  server.me.answerWith(answer);
  await accounts.ask('acme');
  await accounts.ask('acme');
  expect(accounts.knownAs('acme')).toBeUndefined();
  expect(server.me.count).toBe(1);
  expect(changes).toEqual([]);
  // What stands at the root of a host may be another program\u2019s: it says nothing of the session or of the registry.
  expect([forced, judged]).toEqual([[false], []]);
});

test('a no there does not keep the registry from being asked', async () => {
  server.me.answerOnce(empty(503, { 'retry-after': '60' }));
  await accounts.ask('acme');
  accounts.sessionChanged('acme', { type: 'sign-in-succeeded' });
  await accounts.ask('acme');
  expect(accounts.knownAs('acme')).toEqual(alice);
});

test('what it says is cleaned and cut', async () => {
  const roles = ['rea\u202eder', 7, ...Array<string>(50).fill('x')];
  server.me.answerOnce(json(200, { subject: `al\u200bice\n${'x'.repeat(5_000)}`, roles }));
  await accounts.ask('acme');
  expect(accounts.knownAs('acme')?.subject).toMatch(/^alice x+…$/);
  expect(accounts.knownAs('acme')?.roles).toEqual([]);
  accounts.sessionChanged('acme', { type: 'signed-out' });
  server.me.answerOnce(json(200, { subject: 'alice', roles: roles.filter((role) => role !== 7) }));
  await accounts.ask('acme');
  expect(accounts.knownAs('acme')?.roles).toHaveLength(20);
  expect(accounts.knownAs('acme')?.roles[0]).toBe('reader');
});

test('it has 5 s', async () => {
  server.me.answerOnce(stall);
  const asking = accounts.ask('acme');
  await expect.poll(() => server.requests.length).toBe(1);
  await clock.advance(5_000);
  await asking;
  expect(accounts.knownAs('acme')).toBeUndefined();
});

describe('what is said of one account is not said of another', () => {
  test.each(['signed-out', 'sign-in-succeeded', 'ended', 'blocked'] as const)('after "%s"', async (type) => {
    await accounts.ask('acme');
    accounts.sessionChanged('acme', { type });
    expect(accounts.knownAs('acme')).toBeUndefined();
    await accounts.ask('acme');
    expect(server.me.count).toBe(2);
  });

  test('a refresh changes nobody', async () => {
    await accounts.ask('acme');
    accounts.sessionChanged('acme', { type: 'refresh-succeeded' });
    expect(accounts.knownAs('acme')).toEqual(alice);
  });

  test('an answer that comes after the sign-out is dropped', async () => {
    const hold = server.me.holdRequests();
    const asking = accounts.ask('acme');
    await hold.arrived;
    accounts.sessionChanged('acme', { type: 'signed-out' });
    hold.release();
    await asking;
    expect(accounts.knownAs('acme')).toBeUndefined();
    expect(changes).toEqual([]);
  });

  test('nor of one registry at another', async () => {
    await accounts.ask('acme');
    configured = aProtectedRegistry('https://mcp.globex.example');
    expect(accounts.knownAs('acme')).toBeUndefined();
  });
});

test('where nobody signs in, or a file is read, nobody is asked', async () => {
  for (const registry of [aRegistry(server.url), aProtectedRegistry(server.staticUrl)]) {
    configured = registry;
    await accounts.ask('acme');
  }
  expect(server.requests).toEqual([]);
});
