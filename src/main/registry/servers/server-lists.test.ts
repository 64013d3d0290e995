import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { empty, stall } from '../../../../e2e/servers/answers';
import { unusedOrigin } from '../../../../e2e/servers/http-server';
import { type Registry as RegistryServer, startRegistry } from '../../../../e2e/servers/registry';
import { failed, type Result, success } from '../../base/failure';
import { type ManualClock, manualClock } from '../../base/manual-clock';
import { Secret } from '../../base/secret';
import type { Registry } from '../../config';
import { RegistryChecks } from '../registry-checks';
import { RegistryClient } from '../registry-client';
import { jsonAnswer } from '../testing/answers';
import { aProtectedRegistry, aRegistry, directNetwork } from '../testing/registries';
import { ServerLists } from './server-lists';

vi.setConfig({ testTimeout: 20_000 });

let server: RegistryServer;
let configured: Registry | undefined;
let account: string | undefined;
let token: Result<Secret>;
let clock: ManualClock;
let checks: RegistryChecks;
let lists: ServerLists;

beforeEach(async () => {
  server = await startRegistry({ name: 'Acme' });
  configured = aProtectedRegistry(server.url);
  account = 'alice@acme.example';
  token = success(new Secret('token-of-alice'));
  clock = manualClock();
  const registry = () => configured;
  const client = new RegistryClient({
    network: directNetwork({ clock }),
    clock,
    registry,
    accessToken: () => Promise.resolve(token),
    judged: () => undefined,
  });
  checks = new RegistryChecks({ client, clock, registry, changed: () => undefined });
  lists = new ServerLists({ client, clock, checks, registry, account: () => account, random: () => 0.5 });
});
afterEach(async () => {
  checks.close();
  await server.close();
});

const read = ({ search = '', again = false } = {}) => lists.read('acme', { search, again });
/** How many servers there are and from when, or the code why there are none. */
const outcome = async (question?: { search?: string; again?: boolean }) => {
  const result = await read(question);
  if (!result.ok) return result.failure.code;
  const { servers, readAt, stale } = result.value;
  return {
    count: servers.size,
    age: clock.now() - readAt,
    ...(stale !== undefined && { stale: stale.code }),
  };
};
/** So busy that it says to come back later than anybody waits. */
const busy = empty(503, { 'retry-after': '120' });
const aWhile = 6 * 60_000;

describe('a list that was read', () => {
  test('is shown again without asking, until it is five minutes old or a person wants a new one', async () => {
    expect(await outcome()).toEqual({ count: 12, age: 0 });
    await clock.advance(299_999);
    expect(await outcome()).toEqual({ count: 12, age: 299_999 });
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await outcome()).toEqual({ count: 12, age: 0 });
    expect(await outcome({ again: true })).toEqual({ count: 12, age: 0 });
    expect(server.requests).toHaveLength(3);
  });

  test('is of one search; a server of it can be looked at', async () => {
    await read();
    expect(lists.server('acme', 'io.acme/wiki')?.links[0]?.host).toBe('wiki.acme.example');
    expect(await outcome({ search: 'tickets' })).toEqual({ count: 1, age: 0 });
    expect(lists.server('acme', 'io.acme/tickets')?.title).toBe('Tickets');
    expect(lists.server('acme', 'io.acme/nothing')).toBeUndefined();
    expect(lists.server('globex', 'io.acme/tickets')).toBeUndefined();
  });

  test('says of the registry that it answers, or why it does not, as a check would', async () => {
    await read();
    expect(checks.reachability('acme')).toEqual({ kind: 'answers', checkedAt: clock.now() });
    server.list.answerOnce(empty(404));
    await read({ again: true });
    expect(checks.reachability('acme')).toMatchObject({ problem: { code: 'REGISTRY_NOT_FOUND' } });
  });

  test('of more servers than are read comes from a registry that answers', async () => {
    await server.close();
    server = await startRegistry({ name: 'Acme', servers: 10_001 });
    configured = aRegistry(`${server.url}/registry.json`);
    expect(await outcome()).toBe('REGISTRY_TOO_MANY_SERVERS');
    expect(checks.reachability('acme')?.kind).toBe('answers');
    expect(await outcome({ search: 'experiment-00001' })).toEqual({ count: 1, age: 0 });
  });

  test('is one of eight: those looked at last', async () => {
    const registry = configured;
    const all = new ServerLists({
      client: { request: () => Promise.resolve(jsonAnswer({ servers: [] })) },
      clock,
      checks,
      registry: (id) => registry && { ...registry, id },
      account: () => account,
    });
    const readAt = async (id: string) => {
      const result = await all.read(id, { search: '', again: false });
      return result.ok ? result.value.readAt : 0;
    };
    const start = clock.now();
    for (let number = 1; number <= 9; number++) await readAt(`r${number}`);
    await clock.advance(1_000);
    expect([await readAt('r2'), await readAt('r1')]).toEqual([start, start + 1_000]);
  });
});

describe('a second question', () => {
  test('joins the first', async () => {
    const hold = server.list.holdRequests();
    const both = [outcome(), outcome({ again: true })];
    await hold.arrived;
    hold.release();
    expect(await Promise.all(both)).toEqual([
      { count: 12, age: 0 },
      { count: 12, age: 0 },
    ]);
    expect(server.requests).toHaveLength(1);
  });

  test('for something else takes its place', async () => {
    server.list.answerOnce(stall);
    const first = outcome({ search: 'wik' });
    await expect.poll(() => server.requests.length).toBe(1);
    expect(await outcome({ search: 'wiki' })).toEqual({ count: 1, age: 0 });
    expect(await first).toBe('OP_STALE');
  });
});

describe('when the registry cannot be reached', () => {
  test('the older list is shown, with its age and the reason', async () => {
    await read();
    await clock.advance(aWhile);
    server.list.answerOnce(busy);
    expect(await outcome()).toEqual({ count: 12, age: aWhile, stale: 'REGISTRY_UNAVAILABLE' });
  });

  test('it is not asked again by looking, only by wanting to know; then it is new again', async () => {
    await read();
    server.list.answerOnce(busy);
    expect(await outcome({ again: true })).toMatchObject({ stale: 'REGISTRY_UNAVAILABLE' });
    expect(await outcome()).toMatchObject({ stale: 'REGISTRY_UNAVAILABLE' });
    expect(server.requests).toHaveLength(2);
    await clock.advance(60_000);
    expect(await outcome({ again: true })).toEqual({ count: 12, age: 0 });
  });

  test('a check that finds it gone makes the list old, and one that finds it back makes it new', async () => {
    await read();
    await clock.advance(1_000);
    server.list.answerOnce(busy);
    await checks.check('acme');
    expect(await outcome()).toEqual({ count: 12, age: 1_000, stale: 'REGISTRY_UNAVAILABLE' });
    await clock.advance(60_000);
    await checks.check('acme');
    expect(await outcome()).toEqual({ count: 12, age: 61_000 });
  });

  test('nobody listens, after it did', async () => {
    await read();
    await server.close();
    const result = outcome({ again: true });
    const isKnown = async () => {
      await clock.advance(500);
      return checks.reachability('acme')?.kind;
    };
    await expect.poll(isKnown).toBe('fails');
    expect(await result).toMatchObject({ count: 12, stale: 'NET_REFUSED' });
  });

  test('without an older list there is the reason alone', async () => {
    server.list.answerOnce(busy);
    expect(await outcome()).toBe('REGISTRY_UNAVAILABLE');
  });

  test('a list of another search does not stand in', async () => {
    await read();
    server.list.answerOnce(busy);
    expect(await outcome({ search: 'wiki' })).toBe('REGISTRY_UNAVAILABLE');
  });
});

describe('a failure to sign in is never hidden behind old data', () => {
  test.each(['SESSION_ENDED', 'REGISTRY_AUTH_REQUIRED', 'IDP_UNAVAILABLE', 'STORE_LOCKED'] as const)(
    '%s',
    async (code) => {
      await read();
      token = failed(code);
      expect(await outcome({ again: true })).toBe(code);
      expect(lists.server('acme', 'io.acme/wiki')).toBeUndefined();
    },
  );

  test.each([
    ['REGISTRY_REJECTED_TOKEN', 401],
    ['REGISTRY_FORBIDDEN', 403],
    ['REGISTRY_NOT_FOUND', 404],
  ])('%s, also when a check learnt of it', async (code, status) => {
    await read();
    await clock.advance(1);
    server.list.answerWith(empty(status));
    await checks.check('acme');
    expect(await outcome()).toBe(code);
    server.list.answerWith(busy);
    expect(await outcome({ again: true })).toBe('REGISTRY_UNAVAILABLE');
  });
});

describe('a list belongs to one account', () => {
  test.each(['signed-out', 'sign-in-succeeded', 'ended', 'unusable', 'blocked'] as const)(
    'it is gone after "%s"',
    async (type) => {
      await read();
      lists.sessionChanged('acme', { type });
      expect(lists.server('acme', 'io.acme/wiki')).toBeUndefined();
      server.list.answerOnce(busy);
      expect(await outcome()).toBe('REGISTRY_UNAVAILABLE');
    },
  );

  test.each([
    'refresh-started',
    'refresh-succeeded',
    'refresh-failed',
    'sign-in-cancelled',
    'usable',
  ] as const)('and stays after "%s", which changes nobody', async (type) => {
    await read();
    lists.sessionChanged('acme', { type });
    expect(await outcome()).toEqual({ count: 12, age: 0 });
    expect(server.requests).toHaveLength(1);
  });

  test('it is not shown to another one, whatever happened', async () => {
    await read();
    account = 'bob@acme.example';
    server.list.answerOnce(busy);
    expect(await outcome()).toBe('REGISTRY_UNAVAILABLE');
  });

  test('nor is one that arrives after its account has left', async () => {
    const hold = server.list.holdRequests();
    const result = outcome();
    await hold.arrived;
    lists.sessionChanged('acme', { type: 'signed-out' });
    hold.release();
    expect(await result).toBe('OP_STALE');
    expect(lists.server('acme', 'io.acme/wiki')).toBeUndefined();
    expect(checks.reachability('acme')).toBeUndefined();
  });

  test('another registry keeps its own', async () => {
    await read();
    lists.sessionChanged('globex', { type: 'signed-out' });
    expect(lists.server('acme', 'io.acme/wiki')).toBeDefined();
  });
});

describe('a list belongs to one registry', () => {
  test('that was edited is another one', async () => {
    await read();
    configured = aProtectedRegistry(await unusedOrigin());
    expect(lists.server('acme', 'io.acme/wiki')).toBeUndefined();
    lists.configurationChanged();
    configured = aProtectedRegistry(server.url);
    expect(lists.server('acme', 'io.acme/wiki')).toBeUndefined();
  });

  test('that was edited while it was read, or is blocked or gone, has none', async () => {
    const hold = server.list.holdRequests();
    const result = outcome();
    await hold.arrived;
    configured = aRegistry(server.url);
    hold.release();
    expect(await result).toBe('OP_STALE');
    for (const registry of [
      undefined,
      aRegistry(server.url, { blocked: { code: 'CFG_INVALID', params: {} } }),
    ]) {
      configured = registry;
      expect(await outcome()).toBe('OP_STALE');
    }
    expect(server.requests).toHaveLength(1);
  });

  test('a change elsewhere leaves it alone', async () => {
    await read();
    lists.configurationChanged();
    expect(lists.server('acme', 'io.acme/wiki')).toBeDefined();
  });
});
