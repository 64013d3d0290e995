import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { text as wholeText } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { huge, stallAfterHeaders, truncated } from '../../../../e2e/servers/answers';
import { systemClock } from '../clock';
import { manualClock } from '../manual-clock';
import { createNetwork } from './create-network';
import type { NetworkAnswer, NetworkRequest } from './network';
import { NetworkError } from './network-error';

vi.setConfig({ testTimeout: 30_000 });

let server: Server;
let url: string;
let answer: RequestListener;
let network: ReturnType<typeof createNetwork>;
/** Resolves when the server's side of the first request is over. */
let gone: Promise<void>;

beforeEach(async () => {
  server = createServer((request, response) => {
    answer(request, response);
  });
  gone = new Promise((resolve) =>
    server.once('request', (_request, response) => response.once('close', resolve)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  network = createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock: systemClock });
});
afterEach(async () => {
  await network.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const reasonOf = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt;
    return 'no failure';
  } catch (error) {
    return error instanceof NetworkError ? error.reason : `not one of ours: ${String(error)}`;
  }
};
const readerOf = async (request?: NetworkRequest) => {
  const { body } = await network.open(url, request);
  if (body === null) throw new Error('no body');
  const pieces = body.iterator({ destroyOnReturn: true }) as AsyncIterator<Buffer>;
  return { read: () => pieces.next(), cancel: () => body.destroy() };
};
const text = (piece: IteratorResult<Buffer>) => (piece.value as Buffer).toString();
const whole = async ({ body }: NetworkAnswer) => (body === null ? '' : wholeText(body));

test('the answer is there before its body is, and the body comes piece by piece', async () => {
  let finish = (): void => undefined;
  answer = (_request, response) => {
    response.write('first');
    finish = () => response.end('last');
  };
  const reader = await readerOf();
  expect(text(await reader.read())).toBe('first');
  finish();
  expect(text(await reader.read())).toBe('last');
  expect((await reader.read()).done).toBe(true);
});

test('cancelling the body ends the request on the wire', async () => {
  answer = (_request, response) => response.write('first');
  const reader = await readerOf();
  await reader.read();
  reader.cancel();
  await gone;
});

test('the caller’s signal ends a body on its way, on the wire as well', async () => {
  answer = (_request, response) => response.write('first');
  const controller = new AbortController();
  const reader = await readerOf({ signal: controller.signal });
  await reader.read();
  controller.abort();
  expect(await reasonOf(reader.read())).toBe('aborted');
  await gone;
});

test('a body that nobody reads ends at the deadline, on the wire as well', async () => {
  const clock = manualClock();
  const timed = createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock });
  answer = (_request, response) => response.write('first');
  await timed.open(url, { deadlineMs: 200 });
  await clock.advance(200);
  await gone;
  await timed.close();
});

test('the cap, the deadline and a broken connection end the body with their names', async () => {
  const wholeReason = async () => reasonOf(whole(await network.open(url)));
  answer = (request, response) => void huge(3 * 1024 * 1024, 'absent')(request, response);
  expect(await wholeReason()).toBe('too-large');
  answer = (request, response) => void stallAfterHeaders(request, response);
  const clock = manualClock();
  const timed = createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock });
  const stalled = reasonOf(whole(await timed.open(url, { deadlineMs: 300 })));
  await clock.advance(300);
  expect(await stalled).toBe('timeout');
  await timed.close();
  answer = (request, response) => void truncated({ a: 'b'.repeat(100) })(request, response);
  expect(await wholeReason()).toBe('interrupted');
});

test('the deadline of the headers does not cover the body', async () => {
  const clock = manualClock();
  const timed = createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock });
  const request = { headersDeadlineMs: 10_000, deadlineMs: 60_000 };
  const arrived = new Promise<void>((resolve) => {
    answer = () => {
      resolve();
    };
  });
  const silent = timed.open(url, request);
  await arrived;
  await Promise.all([expect(reasonOf(silent)).resolves.toBe('timeout'), clock.advance(10_000)]);

  let finish = (): void => undefined;
  answer = (_request, response) => {
    response.write('first');
    finish = () => response.end('last');
  };
  const answered = await timed.open(url, request);
  await clock.advance(59_000);
  finish();
  expect(await whole(answered)).toBe('firstlast');
  await timed.close();
});

test('a sender is held back until somebody reads', async () => {
  const pieces = 4096;
  let sent = 0;
  answer = (_request, response) => {
    const source = function* () {
      for (; sent < pieces; sent++) yield Buffer.alloc(64 * 1024);
    };
    pipeline(Readable.from(source()), response).catch(() => undefined);
  };
  const reader = await readerOf({ maxBytes: Infinity });
  await reader.read();
  await wait(500);
  expect(sent).toBeLessThan(pieces / 16);
  reader.cancel();
});

test('a connection of its own lasts as long as the body, and no longer', async () => {
  const sockets = new Set<string>();
  answer = (request, response) => {
    const name = String(request.socket.remotePort);
    sockets.add(name);
    request.socket.once('close', () => sockets.delete(name));
    response.write('first');
    void wait(100).then(() => response.end('last'));
  };
  const answered = await network.open(url, { fresh: true });
  expect(await whole(answered)).toBe('firstlast');
  await expect.poll(() => sockets.size).toBe(0);
});

test.each(['HEAD', 'GET'])('an answer to %s without a body leaves nothing open', async (method) => {
  answer = (_request, response) => response.writeHead(method === 'HEAD' ? 200 : 304).end();
  const { status, body } = await network.open(url, { method });
  expect([status, body]).toEqual([method === 'HEAD' ? 200 : 304, null]);
});

test('a length is passed on where it is the body’s, and a status that is none is no answer', async () => {
  answer = (_request, response) => response.writeHead(200, { 'content-length': 5 }).end('hello');
  const said = await network.open(url);
  expect([said.length, said.headers.get('content-length'), await whole(said)]).toEqual([5, null, 'hello']);
  answer = (_request, response) => response.end('hello');
  expect((await network.open(url)).length).toBe(5);
  answer = (_request, response) => {
    response.write('hel');
    response.end('lo');
  };
  const silent = await network.open(url);
  expect([silent.length, await whole(silent)]).toEqual([undefined, 'hello']);
  answer = (_request, response) => response.writeHead(999).end();
  expect(await reasonOf(network.open(url))).toBe('interrupted');
});

test('several headers of one name are joined', async () => {
  answer = (_request, response) => response.setHeader('cache-control', ['no-cache', 'private']).end();
  const { headers, body } = await network.open(url);
  expect([headers.get('cache-control'), headers.get('constructor')]).toEqual(['no-cache, private', null]);
  body?.destroy();
});

test('an early hint (103) is not the answer', async () => {
  answer = (_request, response) => {
    response.writeEarlyHints({ link: '</x>; rel=preload' });
    response.end('hello');
  };
  const answered = await network.open(url);
  expect([answered.status, await whole(answered)]).toEqual([200, 'hello']);
});
