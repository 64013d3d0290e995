import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { LoopbackServers } from './loopback-servers';
import { freePort } from '../../../e2e/servers/free-port';
import { get, openIdle, sendRaw, statusOf } from './testing/raw-http';

async function listening(onRequest: ConstructorParameters<typeof LoopbackServers>[1]) {
  const port = await freePort();
  const clock = manualClock();
  const servers = new LoopbackServers(port, onRequest, clock);
  await servers.bind('127.0.0.1');
  return { port, clock, servers };
}
const answerAtOnce: ConstructorParameters<typeof LoopbackServers>[1] = (_request, response) =>
  response.writeHead(200, { connection: 'close' }).end('here');

test('a port is answered on while bound, and free as soon as it is closed, whoever idles there', async () => {
  const { port, servers } = await listening(answerAtOnce);
  expect(statusOf(await sendRaw(port, get(port, '/')))).toBe(200);
  const idle = await openIdle(port);
  const dropped = new Promise((resolve) => idle.once('close', resolve));
  await servers.close();
  await dropped;
  const next = new LoopbackServers(port, answerAtOnce, manualClock());
  await next.bind('127.0.0.1');
  await next.close();
});

test('a second one on the same port is refused, with the reason', async () => {
  const { port, servers } = await listening(answerAtOnce);
  const second = new LoopbackServers(port, answerAtOnce, manualClock());
  await expect(second.bind('127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await servers.bind('127.0.0.1');
  await servers.close();
});

test('an answer that is being written has 50 ms to be finished, and one that is not is cut off then', async () => {
  const responses: ServerResponse[] = [];
  const { port, clock, servers } = await listening((_request, response) => void responses.push(response));
  const answers = [sendRaw(port, get(port, '/')), sendRaw(port, get(port, '/'))];
  await expect.poll(() => responses.length).toBe(2);
  const closed = servers.close();
  await clock.advance(49);
  responses[0]?.writeHead(200, { connection: 'close' }).end('here');
  expect(statusOf(await Promise.race(answers))).toBe(200);
  expect(clock.timerCount()).toBe(1);
  await clock.advance(1);
  expect(clock.timerCount()).toBe(0);
  await closed;
  expect((await Promise.all(answers)).map(statusOf).toSorted()).toEqual([0, 200]);
});

test.each([
  ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['another protocol', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
  ['no HTTP at all', '\u0016\u0003\u0001 hello'],
])('%s is hung up on', async (_what, bytes) => {
  const { port, servers } = await listening(answerAtOnce);
  expect(await sendRaw(port, bytes)).toBe('');
  await servers.close();
});
