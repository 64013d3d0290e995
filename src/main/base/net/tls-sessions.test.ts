import { EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type SecureVersion, TLSSocket } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeTlsFixtures, type TlsFixtures } from '../../../../e2e/servers/tls';
import { systemClock } from '../clock';
import { createNetwork } from './create-network';
import { NetworkError } from './network-error';
import { TlsSessions } from './tls-sessions';

vi.setConfig({ testTimeout: 30_000 });

const anHour = 3_600_000;

let fixtures: TlsFixtures;
let now: number;
let authorities: readonly string[];
let network: ReturnType<typeof createNetwork>;
const servers = new Set<Server>();

beforeAll(async () => {
  fixtures = await makeTlsFixtures();
});
beforeEach(() => {
  now = 0;
  authorities = [fixtures.ca];
  network = createNetwork({
    resolveProxy: () => Promise.resolve('DIRECT'),
    clock: { ...systemClock, monotonic: () => now },
    extraCa: () => Promise.resolve(authorities),
  });
});
afterEach(async () => {
  await network.close();
  for (const server of servers) await stop(server);
});

/** A server that answers how the connection of each request began. */
async function start(
  kind: 'valid' | 'wrongHost',
  { port = 0, maxVersion = 'TLSv1.3' }: { readonly port?: number; readonly maxVersion?: SecureVersion } = {},
) {
  const server = createServer({ ...fixtures[kind], maxVersion }, ({ socket }, response) => {
    response.end(socket instanceof TLSSocket && socket.isSessionReused() ? 'resumed' : 'anew');
  });
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function stop(server: Server): Promise<void> {
  servers.delete(server);
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** How a connection of its own began, or why it did not. */
async function ask(port: number, host = '127.0.0.1'): Promise<string> {
  try {
    return await (await network.fetch(`https://${host}:${port}/`, { fresh: true })).text();
  } catch (error) {
    if (error instanceof NetworkError) return `${error.reason}, ${error.sent ? 'sent' : 'not sent'}`;
    throw error;
  }
}

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('with %s', (maxVersion) => {
  test('connections of their own to one place resume the first one’s session', async () => {
    const { port } = await start('valid', { maxVersion });
    expect([await ask(port), await ask(port), await ask(port)]).toEqual(['anew', 'resumed', 'resumed']);
  });

  test('an hour after the certificate was checked it is checked again, however often was resumed meanwhile', async () => {
    const { port } = await start('valid', { maxVersion });
    await ask(port);
    now = anHour - 1;
    expect(await ask(port)).toBe('resumed');
    now = anHour;
    expect([await ask(port), await ask(port)]).toEqual(['anew', 'resumed']);
    now = 2 * anHour - 1;
    expect(await ask(port)).toBe('resumed');
  });
});

test('another name of the same computer, and another port, have a session of their own', async () => {
  const [one, other] = [await start('valid'), await start('valid')];
  await ask(one.port);
  expect([await ask(other.port), await ask(one.port, 'localhost')]).toEqual(['anew', 'anew']);
  expect([await ask(one.port), await ask(one.port, 'localhost')]).toEqual(['resumed', 'resumed']);
});

test('whoever took the place of the server and cannot resume has to show a valid certificate', async () => {
  const { port, server } = await start('valid');
  expect([await ask(port), await ask(port)]).toEqual(['anew', 'resumed']);
  await stop(server);
  const impostor = await start('wrongHost', { port });
  expect(await ask(port)).toBe('tls, not sent');
  await stop(impostor.server);
  await start('valid', { port });
  expect(await ask(port)).toBe('anew');
});

test('other authorities begin without any session, also when the first ones come back', async () => {
  const { port } = await start('valid');
  expect([await ask(port), await ask(port)]).toEqual(['anew', 'resumed']);
  authorities = [];
  expect(await ask(port)).toBe('tls, not sent');
  authorities = [fixtures.ca];
  expect(await ask(port)).toBe('anew');
});

test('a handshake that failed is not tried with the same session again', async () => {
  const { port, server } = await start('valid');
  expect([await ask(port), await ask(port)]).toEqual(['anew', 'resumed']);
  server.prependOnceListener('connection', (socket) => socket.destroy());
  expect(await ask(port)).toMatch(/, not sent$/);
  expect(await ask(port)).toBe('anew');
});

describe('remembering', () => {
  /** A connection that is over its handshake. */
  const connectionThat = (isResumed: boolean) =>
    Object.assign(new EventEmitter(), { isSessionReused: () => isResumed });
  const connect = (sessions: TlsSessions, place: string) => {
    const offered = sessions.of(place);
    const connection = connectionThat(offered !== undefined);
    sessions.follow(place, connection, offered);
    connection.emit('session', Buffer.from(place));
  };

  test('sessions that come of resuming are as old as the first', () => {
    const sessions = new TlsSessions({ monotonic: () => now });
    for (now = 0; now < anHour; now += anHour / 4) connect(sessions, 'host:443');
    expect(sessions.of('host:443')).toBeUndefined();
  });

  test('a hundred places are known, the latest ones', () => {
    const sessions = new TlsSessions({ monotonic: () => now });
    const places = Array.from({ length: 102 }, (_, index) => `host-${index}:443`);
    for (const place of places) connect(sessions, place);
    expect(places.filter((place) => sessions.of(place) === undefined)).toEqual(places.slice(0, 2));
  });
});
