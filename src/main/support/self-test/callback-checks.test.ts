import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../../../e2e/servers/free-port';
import { checkCallbackPort, checkLoopback } from './callback-checks';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function take(host: string, port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ host, port }, resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
}
const held = (pid: number) => () => Promise.resolve({ pid, name: 'thv' });
const nobodyKnows = () => Promise.resolve(undefined);

test('a free port passes and is free afterwards', async () => {
  const port = await freePort();
  expect(await checkCallbackPort(port, nobodyKnows)).toMatchObject({ verdict: 'pass' });
  await take('127.0.0.1', port);
});

test.each(['127.0.0.1', '::1'])('one that is taken at %s fails, and its holder is named', async (host) => {
  const port = await freePort();
  await take(host, port);
  expect(await checkCallbackPort(port, held(1))).toMatchObject({
    verdict: 'fail',
    problem: { code: 'LOGIN_PORT_BUSY', params: { port } },
    facts: [{ name: 'port-holder', value: 'thv (1)' }],
  });
  expect(await checkCallbackPort(port, nobodyKnows)).toMatchObject({ verdict: 'fail', facts: [] });
});

test('held by this program, for a sign-in that runs, it is fine', async () => {
  const port = await freePort();
  await take('127.0.0.1', port);
  expect(await checkCallbackPort(port, held(process.pid))).toMatchObject({ verdict: 'pass' });
});

test('this computer reaches itself, by number and by name', async () => {
  const { signal } = new AbortController();
  expect(await checkLoopback('127.0.0.1', signal)).toMatchObject({ verdict: 'pass' });
  expect(await checkLoopback('localhost', signal)).toMatchObject({ verdict: 'pass' });
});

test('something that swallows or answers such connections is noticed', async () => {
  const { signal } = new AbortController();
  const swallowed = () => Promise.reject(new Error('ECONNREFUSED'));
  expect(await checkLoopback('127.0.0.1', signal, swallowed)).toMatchObject({
    verdict: 'fail',
    problem: { code: 'CHECK_LOOPBACK_BLOCKED' },
  });
  const stranger = () => Promise.resolve('Blocked by Acme Security');
  expect(await checkLoopback('127.0.0.1', signal, stranger)).toMatchObject({ verdict: 'fail' });
});
