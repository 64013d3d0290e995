import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { huge, json, stall } from '../../../e2e/servers/answers';
import { get } from '../identity/testing/raw-http';
import { answerOf } from '../registry/testing/answers';
import { type Office, openOffice } from './testing/office';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await office.desk.signIn('acme');
});
afterEach(() => office.close());

const list = '/registry/acme/v0.1/servers';

/** Sends a request and hands over the answer with its body unread. */
function begin(path: string, { port, gateway } = office): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${gateway.token.reveal()}` };
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, headers, agent: false });
    request.on('response', resolve);
    request.on('error', reject);
    request.end();
  });
}

test('64 requests run at once, the 65th is told to come back, and one that ends makes room', async () => {
  const { registry, ask } = office;
  const held = registry.list.holdRequests();
  const running = Array.from({ length: 64 }, () => ask(list));
  await expect.poll(() => registry.list.count).toBe(64);
  const refused = await ask('/api/v1beta/registry');
  expect(refused).toMatchObject({
    status: 429,
    headers: { 'retry-after': '1' },
    json: { code: 'too_many_requests' },
  });
  // Who has no token takes nobody's place, and who asks for a proof gets it.
  expect((await ask('/health')).status).toBe(204);
  held.release();
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual(Array(64).fill(200));
  expect((await ask('/api/v1beta/registry')).status).toBe(200);
});

test('requests without the token never use up the places of those that have it', async () => {
  const { ask } = office;
  const anonymous = { headers: { authorization: 'Bearer wrong' } };
  const refused = await Promise.all(Array.from({ length: 100 }, () => ask(list, anonymous)));
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401]));
  expect((await ask('/api/v1beta/registry')).status).toBe(200);
});

test('a caller that leaves ends the question to the registry', async () => {
  const { registry } = office;
  let isConnected = false;
  registry.list.answerWith((request) => {
    isConnected = true;
    request.socket.once('close', () => (isConnected = false));
  });
  const { port, gateway } = office;
  const socket = connect(port, '127.0.0.1');
  socket.write(get(port, list, [`Authorization: Bearer ${gateway.token.reveal()}`]));
  await expect.poll(() => isConnected).toBe(true);
  socket.destroy();
  await expect.poll(() => isConnected).toBe(false);
});

test('a caller that leaves in the middle of a body ends it at the registry', async () => {
  const { registry } = office;
  let isConnected = true;
  registry.list.answerWith((request, response) => {
    request.socket.once('close', () => (isConnected = false));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"servers":[');
  });
  const answer = await begin(list);
  answer.once('error', () => undefined);
  answer.destroy();
  await expect.poll(() => isConnected).toBe(false);
});

test('an answer arrives as the registry sends it, before its end', async () => {
  const { registry } = office;
  let finish = () => {
    // Known once the registry was asked.
  };
  registry.list.answerWith((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"servers":[');
    finish = () => {
      response.end(']}');
    };
  });
  const answer = await begin(list);
  const first = await new Promise<Buffer>((resolve) => answer.once('data', resolve));
  expect(first.toString()).toBe('{"servers":[');
  finish();
  await new Promise((resolve) => answer.resume().once('end', resolve));
});

test('an answer that names no type is passed on without one, whether it comes at once or in pieces', async () => {
  const { registry } = office;
  const types: unknown[] = [];
  const ask = async () => {
    const answer = await begin(list);
    types.push(answer.headers['content-type']);
    await new Promise((resolve) => answer.resume().once('end', resolve));
  };
  registry.list.answerOnce((_request, response) => {
    response.end('{}');
  });
  await ask();
  registry.list.answerOnce((_request, response) => {
    response.write('{', () => response.end('}'));
  });
  await ask();
  expect(types).toEqual([undefined, undefined]);
});

test('an answer without a body gets neither a length nor a type of ours', async () => {
  const { registry, ask } = office;
  registry.list.answerOnce((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end();
  });
  const { headers } = await ask(list, { method: 'HEAD' });
  expect(headers).toMatchObject({ 'content-type': 'application/json' });
  expect(headers).not.toHaveProperty('content-length');
  registry.list.answerOnce((_request, response) => {
    response.writeHead(304, { etag: '"1"' });
    response.end();
  });
  const unchanged = await ask(list, { headers: { 'if-none-match': '"1"' } });
  expect(unchanged).toMatchObject({ status: 304, headers: { etag: '"1"' } });
  expect(unchanged.headers).not.toHaveProperty('content-length');
  expect(unchanged.headers).not.toHaveProperty('content-type');
});

test('a caller that does not read holds the answer back instead of filling the memory', async () => {
  const available = 256;
  let taken = 0;
  const body = new Readable({
    read() {
      taken += 1;
      this.push(Buffer.alloc(1024 * 1024));
      if (taken === available) this.push(null);
    },
  });
  const slow = await openOffice({ client: { request: () => Promise.resolve(answerOf(body)) } });
  const answer = await begin(list, slow);
  let before = -1;
  const isStill = () => {
    const same = taken === before;
    before = taken;
    return same;
  };
  await expect.poll(isStill, { interval: 200 }).toBe(true);
  // What the system's own buffers of a connection hold, at most.
  expect(taken).toBeLessThan(available / 4);
  answer.destroy();
  await slow.close();
});

const once = (emitter: NodeJS.EventEmitter, name: string) =>
  new Promise<void>((resolve) => emitter.once(name, resolve));

test('a body that breaks off is not taken for a whole one', async () => {
  const { registry } = office;
  registry.list.answerWith((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"servers":[', () => request.socket.resetAndDestroy());
  });
  const answer = await begin(list);
  const outcome = await new Promise((resolve) => {
    answer.resume().once('end', () => {
      resolve('whole');
    });
    answer.once('error', () => {
      resolve('broken off');
    });
  });
  expect(outcome).toBe('broken off');
});

test('closing ends every connection at once, and frees the port', async () => {
  const { registry, port, gateway } = office;
  registry.list.answerWith(stall);
  const socket = connect(port, '127.0.0.1');
  const closed = once(socket, 'close');
  socket.on('error', () => undefined);
  socket.write(get(port, list, [`Authorization: Bearer ${gateway.token.reveal()}`]));
  await expect.poll(() => registry.list.count).toBe(1);
  await gateway.close();
  await closed;
  await expect(begin('/health')).rejects.toThrow(/ECONNREFUSED/);
});

test('a large list arrives whole', async () => {
  const { registry, ask } = office;
  registry.list.answerOnce(huge(10 * 1024 * 1024));
  const { status, body } = await ask(list);
  expect({ status, length: body.length }).toEqual({ status: 200, length: 10 * 1024 * 1024 });
  registry.list.answerOnce(json(200, { servers: [], metadata: {} }));
  expect((await ask(list)).status).toBe(200);
});
