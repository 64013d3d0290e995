import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { get, openIdle, sendRaw, statusOf } from '../identity/testing/raw-http';
import { createGuardedServer } from './http-server';

const token = new Secret('t');
let server: Server;
let port: number;
let handled: number;

beforeEach(async () => {
  handled = 0;
  server = createGuardedServer(
    (_request, response) => {
      handled += 1;
      response.end('handled');
    },
    () => ({ port, token }),
    200,
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const close = 'Connection: close';
const authorized = ['Authorization: Bearer t', close];

test('what is not admitted is answered here and handled nowhere', async () => {
  expect(statusOf(await sendRaw(port, get(port, '/', [close])))).toBe(401);
  expect(statusOf(await sendRaw(port, get(port, '/', authorized, 'evil.example')))).toBe(421);
  expect(statusOf(await sendRaw(port, get(port, '/', authorized, '')))).toBe(421);
  expect(handled).toBe(0);
  expect(statusOf(await sendRaw(port, get(port, '/', authorized)))).toBe(200);
  expect(handled).toBe(1);
});

test('no answer may be guessed at, embedded by a page, or kept', async () => {
  for (const lines of [[close], authorized]) {
    const answer = await sendRaw(port, get(port, '/', lines));
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
    expect(answer.toLowerCase()).toContain('cross-origin-resource-policy: same-origin');
    expect(answer.toLowerCase()).toContain('cache-control: no-store');
    expect(answer.toLowerCase()).not.toContain('access-control');
    expect(answer.toLowerCase()).not.toContain('set-cookie');
  }
});

test('a head that does not end is given up, and others are served meanwhile', async () => {
  const slow = sendRaw(port, get(port, '/', authorized).slice(0, -4));
  const idle = await Promise.all(Array.from({ length: 200 }, () => openIdle(port)));
  expect(statusOf(await sendRaw(port, get(port, '/', authorized)))).toBe(200);
  expect(statusOf(await slow)).toBe(408);
  for (const socket of idle) socket.destroy();
});

test('a body that does not come is given up', async () => {
  const head = [
    'POST / HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    ...authorized.slice(0, 1),
    'Content-Length: 9',
    '',
    'abc',
  ].join('\r\n');
  server.removeAllListeners('request');
  // Handled only when its body is complete, as fastify does.
  server.on('request', (request, response) => {
    request.resume().on('end', () => response.end());
    request.on('error', () => undefined);
  });
  expect(statusOf(await sendRaw(port, head))).toBe(408);
});

test('a tunnel, another protocol and what is no HTTP end their connection', async () => {
  expect(await sendRaw(port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n')).toBe('');
  const upgrade = [...authorized.slice(0, 1), 'Connection: Upgrade', 'Upgrade: websocket'];
  expect(await sendRaw(port, get(port, '/', upgrade))).toBe('');
  expect(statusOf(await sendRaw(port, new Uint8Array([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3])))).toBe(400);
  expect(statusOf(await sendRaw(port, get(port, '/', [`X-A: ${'a'.repeat(20_000)}`])))).toBe(431);
  expect(handled).toBe(0);
});
