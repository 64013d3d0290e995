import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import {
  drip,
  empty,
  gzipBomb,
  html,
  huge,
  json,
  late,
  rawBytes,
  redirect,
  reset,
  stall,
  stallAfterHeaders,
  truncated,
} from './answers';
import type { Answer } from './answers';
import { Endpoint } from './endpoint';
import { send } from './http-client';
import { listen } from './http-server';
import type { RunningServer } from './http-server';

let server: RunningServer;
let endpoint: Endpoint;
const answering = async (answer: Answer) => {
  endpoint = new Endpoint(() => answer);
  server = await listen({}, () => (request, response) => void endpoint.serve(request, response));
  return server;
};
afterEach(() => server.close());

/** Everything the server sends on one connection, undecoded. */
const onTheWire = async (): Promise<string> => {
  const socket = connect(server.port, '127.0.0.1');
  socket.end('GET / HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n');
  return readAll(socket);
};
const mebibyte = 1024 * 1024;

test('plain answers have the status, type and headers they name', async () => {
  await answering(json(201, { a: [null] }, { 'x-more': 'yes' }));
  const created = await send({ url: server.origin });
  expect([created.status, created.body, created.headers['x-more']]).toEqual([201, '{"a":[null]}', 'yes']);
  endpoint.answerOnce(html(503));
  expect((await send({ url: server.origin })).headers['content-type']).toMatch('text/html');
  endpoint.answerOnce(empty(204));
  expect((await send({ url: server.origin })).headers).not.toHaveProperty('content-type');
  endpoint.answerOnce(redirect('/next', 308));
  const moved = await send({ url: server.origin });
  expect([moved.status, moved.headers.location]).toEqual([308, '/next']);
});

test('raw bytes arrive exactly as given', async () => {
  await answering(rawBytes('HTTP/1.1 200\r\nx-\u0000: 1\r\n\r\nrest'));
  expect(await onTheWire()).toBe('HTTP/1.1 200\r\nx-\u0000: 1\r\n\r\nrest');
});

test('a huge body announces its length truthfully, not at all, or with a lie', async () => {
  await answering(huge(2 * mebibyte));
  const honest = await send({ url: server.origin });
  expect([honest.body.length, honest.headers['content-length']]).toEqual([2 * mebibyte, `${2 * mebibyte}`]);
  expect(JSON.parse(honest.body)).toHaveProperty('padding');
  endpoint.answerOnce(huge(2 * mebibyte, 'absent'));
  const chunked = await send({ url: server.origin });
  expect([chunked.body.length, chunked.headers['transfer-encoding']]).toEqual([2 * mebibyte, 'chunked']);
  endpoint.answerOnce(huge(2 * mebibyte, 10));
  const [head = '', body = ''] = (await onTheWire()).split('\r\n\r\n');
  expect(head).toContain('content-length: 10');
  expect(body).toHaveLength(2 * mebibyte);
});

test('a gzip bomb is small on the wire and large once decoded', async () => {
  await answering(gzipBomb(8 * mebibyte));
  expect((await onTheWire()).length).toBeLessThan(64 * 1024);
  expect(await (await fetch(server.origin)).text()).toHaveLength(8 * mebibyte);
});

test('a client that leaves a gzip bomb half-way does not keep the server from closing', async () => {
  await answering(gzipBomb(64 * mebibyte));
  const response = await fetch(server.origin);
  await response.body?.cancel();
  endpoint.answerOnce(json(200, 'still here'));
  expect((await send({ url: server.origin })).body).toBe('"still here"');
});

test('a reset and a truncated body break the connection', async () => {
  await answering(reset);
  await expect(send({ url: server.origin })).rejects.toMatchObject({ code: 'ECONNRESET' });
  endpoint.answerOnce(truncated({ access_token: 'x'.repeat(100) }, 20));
  await expect(send({ url: server.origin })).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a stall never answers; a stall after the headers sends just those', async () => {
  await answering(stall);
  await expect(fetch(server.origin, { signal: AbortSignal.timeout(150) })).rejects.toThrow(/timeout/);
  endpoint.answerOnce(stallAfterHeaders);
  const response = await fetch(server.origin, { signal: AbortSignal.timeout(1000) });
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow(/timeout/);
});

test('a drip comes byte by byte', async () => {
  await answering(drip('abcdefgh', 10));
  const response = await fetch(server.origin);
  const chunks: string[] = [];
  for await (const chunk of response.body ?? []) chunks.push(Buffer.from(chunk).toString());
  expect(chunks.join('')).toBe('"abcdefgh"');
  expect(chunks.length).toBeGreaterThan(3);
});

test('a late answer is the same answer, later', async () => {
  await answering(late(50, json(200, 'late')));
  const asked = performance.now();
  expect((await send({ url: server.origin })).body).toBe('"late"');
  expect(performance.now() - asked).toBeGreaterThan(45);
});

test('an endpoint answers single requests otherwise, in order, and then as before', async () => {
  await answering(json(200, 'correct'));
  endpoint.answerWith(json(200, 'standing'));
  endpoint.answerOnce(json(200, 'first'));
  endpoint.answerOnce(json(200, 'second'));
  const bodies = [];
  for (let count = 0; count < 3; count++) bodies.push((await send({ url: server.origin })).body);
  endpoint.behave();
  bodies.push((await send({ url: server.origin })).body);
  expect(bodies).toEqual(['"first"', '"second"', '"standing"', '"correct"']);
});

test('held answers wait after the work is done, held requests before it', async () => {
  await answering(json(200, 'correct'));
  let done = 0;
  endpoint.answerWith({ handle: () => json(200, ++done) });
  const answers = endpoint.holdAnswers();
  const first = send({ url: server.origin });
  await answers.arrived;
  expect(done).toBe(1);
  answers.release();
  expect((await first).body).toBe('1');

  const requests = endpoint.holdRequests();
  const second = send({ url: server.origin });
  await requests.arrived;
  expect(done).toBe(1);
  requests.release();
  expect((await second).body).toBe('2');
});
