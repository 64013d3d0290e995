import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CallerLeft } from './caller-left';

let response: ServerResponse;
let caller: Socket;
const server = createServer();

beforeEach(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  caller = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const request = once(server, 'request') as Promise<[unknown, ServerResponse]>;
  caller.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  [, response] = await request;
});
afterEach(async () => {
  caller.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a caller that leaves before its answer is told of', async () => {
  const left = new CallerLeft(response);
  expect(left.aborted).toBe(false);
  const told = new Promise<void>((resolve) => {
    left.addEventListener('abort', resolve);
  });
  caller.destroy();
  await told;
  expect(left.aborted).toBe(true);
});

test('nobody is told who no longer listens', async () => {
  const left = new CallerLeft(response);
  let told = 0;
  const tell = () => (told += 1);
  left.addEventListener('abort', tell);
  left.removeEventListener('abort', tell);
  const closed = once(response, 'close');
  caller.destroy();
  await closed;
  expect(told).toBe(0);
});

test('a caller that has its answer has not left', async () => {
  const closed = once(response, 'close');
  response.end('all of it');
  await closed;
  expect(new CallerLeft(response).aborted).toBe(false);
});
