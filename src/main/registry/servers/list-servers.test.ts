import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { empty, html, json, reset, stall, stallAfterHeaders } from '../../../../e2e/servers/answers';
import { type Registry as RegistryServer, startRegistry } from '../../../../e2e/servers/registry';
import { failed } from '../../base/failure';
import { type ManualClock, manualClock } from '../../base/manual-clock';
import type { Registry } from '../../config';
import { RegistryClient } from '../registry-client';
import { jsonAnswer } from '../testing/answers';
import { aRegistry, directNetwork } from '../testing/registries';
import { listServers } from './list-servers';
import { published, publishedEntry } from './testing/published';

vi.setConfig({ testTimeout: 30_000 });

let server: RegistryServer;
let registry: Registry;
let clock: ManualClock;
let end: AbortController;

beforeEach(async () => {
  end = new AbortController();
  clock = manualClock();
  await start();
});
afterEach(() => server.close());

async function start(servers?: number) {
  server = await startRegistry({ name: 'Acme', ...(servers !== undefined && { servers }) });
  registry = aRegistry(server.url);
}
async function restart(servers: number) {
  await server.close();
  await start(servers);
}
const read = (search = '') => {
  const client = new RegistryClient({
    network: directNetwork({ clock }),
    clock,
    registry: () => registry,
    accessToken: () => Promise.resolve(failed('REGISTRY_AUTH_REQUIRED')),
    judged: () => undefined,
  });
  return listServers({ client, clock, random: () => 0.5 }, registry, { search, signal: end.signal });
};
const outcome = async (search?: string) => {
  const list = await read(search);
  return list.ok ? [...list.value.servers.keys()] : list.failure;
};
const asked = (count: number) => expect.poll(() => server.requests.length).toBe(count);
const pageOf = (names: readonly string[], nextCursor?: unknown) => ({
  servers: names.map((name) => publishedEntry({ name: `io.acme/${name}`, packages: [], remotes: [] })),
  metadata: { count: names.length, nextCursor },
});
const page = (names: readonly string[], nextCursor?: unknown) => json(200, pageOf(names, nextCursor));
/** The list of a registry without a network: of hundreds of pages, only their number counts. */
const readFrom = (body: (number: number) => unknown) => {
  let number = 0;
  const client = { request: () => Promise.resolve(jsonAnswer(body(++number))) };
  return listServers({ client, clock }, registry, { search: '', signal: end.signal });
};

describe('pages', () => {
  test('are read until there is no cursor, the latest versions only', async () => {
    await restart(250);
    expect(await outcome()).toHaveLength(250);
    expect(server.requests.map(({ target }) => target.replace(/cursor=.+/, 'cursor='))).toEqual([
      '/v0.1/servers?limit=100&version=latest',
      '/v0.1/servers?limit=100&version=latest&cursor=',
      '/v0.1/servers?limit=100&version=latest&cursor=',
    ]);
  });

  test('a cursor goes back letter by letter', async () => {
    const cursor = 'io.acme/wiki:1.0&limit=1#=+ %2F';
    server.list.answerOnce(page(['one'], cursor));
    server.list.answerOnce(page(['two'], ''));
    expect(await outcome()).toEqual(['io.acme/one', 'io.acme/two']);
    expect(server.requests[1]?.params.get('cursor')).toBe(cursor);
  });

  test.each([
    ['null', { servers: published.servers, metadata: { nextCursor: null } }],
    ['no metadata', { servers: published.servers }],
    ['all that is published', published],
  ])('one with %s is the last', async (_what, body) => {
    server.list.answerOnce(json(200, body));
    expect(await outcome()).toEqual(['io.acme/files']);
    expect(server.requests).toHaveLength(1);
  });

  test('a server that comes twice is one; an entry that is none is counted, and takes nothing along', async () => {
    const entries = [publishedEntry(), publishedEntry({ version: '9' }), { server: 7 }, null];
    server.list.answerOnce(json(200, { servers: entries, metadata: {} }));
    const list = await read();
    expect(list).toMatchObject({ ok: true, value: { unreadable: 2 } });
    expect(list.ok && list.value.servers.get('io.acme/files')?.version).toBe('1.0.2');
    expect(list.ok && list.value.servers.size).toBe(1);
  });

  test('10,000 servers are read, one more is too many', async () => {
    for (const [pages, expected] of [
      [100, { ok: true }],
      [101, { failure: { code: 'REGISTRY_TOO_MANY_SERVERS' } }],
    ] as const) {
      const names = (number: number) => Array.from({ length: 100 }, (_, index) => `s${number}-${index}`);
      const list = await readFrom((number) => pageOf(names(number), number < pages ? `c${number}` : ''));
      expect(list).toMatchObject(expected);
      if (list.ok) expect(list.value.servers.size).toBe(10_000);
    }
  });

  test('nor is there an end to pages without servers', async () => {
    let pages = 0;
    const list = await readFrom((number) => pageOf([], `c${(pages = number)}`));
    expect(list).toMatchObject({ failure: { code: 'REGISTRY_TOO_MANY_SERVERS' } });
    expect(pages).toBe(1_000);
  });

  test('a cursor that leads back to where one was is no list', async () => {
    server.list.answerWith(page(['one'], 'again'));
    expect(await outcome()).toMatchObject({ code: 'REGISTRY_NOT_A_REGISTRY' });
    expect(server.requests).toHaveLength(2);
  });

  test('a search is the registry\u2019s own', async () => {
    expect(await outcome('data&limit=1')).toEqual([]);
    expect(await outcome('io.acme.data')).toEqual(['io.acme.data/warehouse', 'io.acme.data/metrics']);
    expect(server.requests.map(({ params }) => params.get('search'))).toEqual([
      'data&limit=1',
      'io.acme.data',
    ]);
  });
});

describe('a static file', () => {
  beforeEach(() => {
    registry = aRegistry(server.staticUrl);
  });

  test('is read whole, and searched here', async () => {
    expect(await outcome()).toHaveLength(12);
    expect(await outcome('TICKETS')).toEqual(['io.acme/tickets']);
    expect(await outcome('company')).toEqual(['io.acme/wiki']);
    expect(server.authorizations).toEqual([]);
  });

  test('may hold 10,000 servers, and any number that do not match', async () => {
    await restart(10_001);
    registry = aRegistry(server.staticUrl);
    expect(await outcome()).toMatchObject({ code: 'REGISTRY_TOO_MANY_SERVERS' });
    expect(await outcome('experiment-00007')).toEqual(['io.acme.lab/experiment-00007']);
  });

  test('entries that are no servers are counted', async () => {
    server.staticFile.answerOnce(json(200, { data: { servers: [7, { name: 'x' }] } }));
    expect(await read()).toMatchObject({ ok: true, value: { unreadable: 2 } });
  });
});

describe('the true reason why there is no list', () => {
  test.each([
    ['REGISTRY_NOT_FOUND', empty(404)],
    ['REGISTRY_NOT_A_REGISTRY', html()],
    ['REGISTRY_NOT_A_REGISTRY', json(200, { servers: {} })],
    ['REGISTRY_NOT_A_REGISTRY', json(200, { servers: [], metadata: { nextCursor: 7 } })],
    ['REGISTRY_NOT_A_REGISTRY', json(200, null)],
    ['REGISTRY_NEEDS_SIGN_IN', empty(401)],
    ['REGISTRY_FORBIDDEN', empty(403)],
  ])('%s, which is not asked again', async (code, answer) => {
    server.list.answerOnce(answer);
    expect(await outcome()).toMatchObject({ code });
    expect(server.requests).toHaveLength(1);
  });

  test('a page in the middle that fails is the end of it: half a list would pass for a whole one', async () => {
    server.list.answerOnce(page(['one'], 'two'));
    server.list.answerOnce(empty(404));
    expect(await outcome()).toMatchObject({ code: 'REGISTRY_NOT_FOUND' });
  });
});

describe('what passes by itself', () => {
  test('is tried three times, half a second and two seconds apart', async () => {
    server.list.answerWith(empty(502));
    const result = outcome();
    await asked(1);
    await clock.advance(499);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    await asked(2);
    await clock.advance(2_000);
    expect(await result).toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    ['a broken connection', reset],
    ['a server that is busy', empty(429)],
  ])('%s is over by then', async (_what, answer) => {
    server.list.answerOnce(answer);
    const result = outcome();
    await asked(1);
    await clock.advance(500);
    expect(await result).toHaveLength(12);
  });

  test('a registry that says when is asked then', async () => {
    server.list.answerOnce(empty(503, { 'retry-after': '7' }));
    const result = outcome();
    await asked(1);
    await clock.advance(6_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await result).toHaveLength(12);
  });

  test('one that says later than the list has time is not waited for', async () => {
    server.list.answerOnce(empty(503, { 'retry-after': '60' }));
    expect(await outcome()).toMatchObject({ code: 'REGISTRY_UNAVAILABLE', params: { seconds: 60 } });
  });
});

describe('time', () => {
  test('one that does not answer at all has 10 s, once', async () => {
    server.list.answerWith(stall);
    const result = outcome();
    await asked(1);
    await clock.advance(10_000);
    expect(await result).toMatchObject({ code: 'NET_TIMEOUT' });
    expect(server.requests).toHaveLength(1);
  });

  test('all pages together have 60 s', async () => {
    const hold = server.list.holdRequests();
    const result = read();
    await hold.arrived;
    await clock.advance(9_000);
    server.list.answerOnce(page(['one'], 'two'));
    server.list.answerOnce(stallAfterHeaders);
    hold.release();
    await asked(2);
    let isOver = false;
    void result.finally(() => (isOver = true));
    await clock.advance(50_999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect(await result).toMatchObject({ failure: { code: 'NET_TIMEOUT' } });
  });

  test('nobody waits for it any more: it ends at once', async () => {
    server.list.answerWith(stall);
    const result = outcome();
    await asked(1);
    end.abort();
    expect(await result).toMatchObject({ code: 'OP_STALE' });
  });

  test('also between two tries', async () => {
    server.list.answerWith(empty(503));
    const result = outcome();
    await asked(1);
    await clock.advance(0);
    end.abort();
    expect(await result).toMatchObject({ code: 'OP_STALE' });
    expect(server.requests).toHaveLength(1);
  });
});
