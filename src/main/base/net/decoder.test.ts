import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../clock';
import { createNetwork } from './create-network';

let server: Server;
let url: string;
let sent: { readonly coding: string; readonly body: Buffer };
let asked: string | undefined;
const network = createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock: systemClock });

beforeEach(async () => {
  server = createServer((request, response) => {
    asked = request.headers['accept-encoding'];
    response.writeHead(200, { 'content-encoding': sent.coding, 'content-length': sent.body.length });
    response.end(sent.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['GZIP', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('%s is decoded, and its length is no longer said', async (coding, encode) => {
  const text = 'servers '.repeat(40_000);
  sent = { coding, body: encode(text) };
  expect(await (await network.fetch(url)).text()).toBe(text);
  const answer = await network.open(url);
  expect([answer.length, answer.headers.get('content-length')]).toEqual([undefined, null]);
  answer.body?.destroy();
});

test('what is asked for is what can be decoded, and another coding arrives as it was sent', async () => {
  sent = { coding: 'unheard-of', body: Buffer.from('as it is') };
  expect(await (await network.fetch(url)).text()).toBe('as it is');
  expect(asked).toBe('gzip, deflate, br');
});

test('bytes that are not what they say break the answer off', async () => {
  sent = { coding: 'gzip', body: Buffer.from('no gzip at all') };
  await expect(network.fetch(url)).rejects.toMatchObject({ reason: 'interrupted', sent: true });
});

test('a bomb that nobody reads is not decoded into the memory', async () => {
  sent = { coding: 'gzip', body: gzipSync(Buffer.alloc(256 * 1024 * 1024), { level: 1 }) };
  const { body } = await network.open(url, { maxBytes: Infinity });
  await wait(300);
  expect(body?.readableLength).toBeLessThan(1024 * 1024);
  body?.destroy();
});
