import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../base/clock';
import { failed } from '../base/failure';
import { CallbackListeners } from './callback-listeners';
import type { Expectation } from './callback-listeners';
import { freePort } from '../../../e2e/servers/free-port';
import { get, openIdle, sendRaw, statusOf } from './testing/raw-http';

vi.setConfig({ testTimeout: 30_000 });

const state = 'the-state-of-this-flow';
let listeners: CallbackListeners;
let port: number;
let expectation: Expectation;

async function expectCallback(redirectUri: string, itsState: string): Promise<Expectation> {
  const result = await listeners.expect({ redirectUri, state: itsState });
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

beforeEach(async () => {
  listeners = new CallbackListeners(systemClock);
  port = await freePort();
  expectation = await expectCallback(`http://127.0.0.1:${port}/callback`, state);
});
afterEach(() => expectation.release());

const real = () => get(port, `/callback?code=c&state=${state}`);
const isStillServed = async () => {
  expect(statusOf(await sendRaw(port, real()))).toBe(200);
  expect((await expectation.response).query.reveal()).toBe(`code=c&state=${state}`);
};
const canBind = (host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server: Server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, host, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });

describe('requests that leave the flow untouched', () => {
  test.each([
    ['a wrong state', 'state=wrong&code=c'],
    ['no state', 'code=c'],
    ['an empty state', 'state=&code=c'],
    ['a doubled state', `state=${state}&state=${state}&code=c`],
    ['a state in other case', `state=${state.toUpperCase()}&code=c`],
    ['an error with a wrong state', 'error=access_denied&state=wrong'],
    ['a state named like a member of every object', 'state=__proto__&code=c'],
  ])('%s gets 400 and a static page; the real callback still succeeds', async (_name, query) => {
    const answer = await sendRaw(port, get(port, `/callback?${query}`));
    expect(statusOf(answer)).toBe(400);
    expect(answer).toContain('Start again in the app');
    await isStillServed();
  });

  test.each([
    '/',
    '/favicon.ico',
    '/callback/',
    '/callback/x',
    '/Callback',
    '/%63allback',
    '//callback',
    '/x/../callback',
    '/callback;x',
  ])('the path %s is 404, even with the right state', async (path) => {
    expect(statusOf(await sendRaw(port, get(port, `${path}?code=c&state=${state}`)))).toBe(404);
    await isStillServed();
  });

  test('an absolute target is 404', async () => {
    const target = `http://127.0.0.1:${port}/callback?code=c&state=${state}`;
    expect(statusOf(await sendRaw(port, get(port, target)))).toBe(404);
    await isStillServed();
  });

  test.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('%s is 405', async (method) => {
    const answer = await sendRaw(port, real().replace('GET', method));
    expect(statusOf(answer)).toBe(405);
    expect(answer).toContain('Allow: GET');
    expect(answer.toLowerCase()).not.toContain('access-control');
    await isStillServed();
  });

  test('CONNECT is closed', async () => {
    const bytes = `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
    expect(await sendRaw(port, bytes)).toBe('');
    await isStillServed();
  });

  test('an upgrade is closed, even with the right state', async () => {
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket'];
    expect(await sendRaw(port, get(port, `/callback?code=c&state=${state}`, upgrade))).toBe('');
    await isStillServed();
  });

  test('no answer has CORS headers, not even to another origin that asks', async () => {
    const answer = await sendRaw(port, get(port, '/callback?state=wrong', ['Origin: https://evil.example']));
    expect(answer.toLowerCase()).not.toContain('access-control');
  });

  test.each([
    ['missing', ''],
    ['another name (DNS rebinding)', 'evil.example'],
    ['localhost, where 127.0.0.1 is registered', 'localhost'],
    ['without the port', '127.0.0.1'],
  ])('a Host that is %s is 421', async (_name, name) => {
    const host = ['', '127.0.0.1'].includes(name) ? name : `${name}:${port}`;
    const answer = await sendRaw(
      port,
      get(port, `/callback?code=c&state=${state}`, ['Connection: close'], host),
    );
    expect(statusOf(answer)).toBe(421);
    await isStillServed();
  });

  test('a doubled Host is 421', async () => {
    const answer = await sendRaw(
      port,
      get(port, `/callback?code=c&state=${state}`, [`Host: 127.0.0.1:${port}`]),
    );
    expect(statusOf(answer)).toBe(421);
    await isStillServed();
  });

  test('a query of 1 MB is 431, one of 9 kB as well', async () => {
    for (const length of [1024 * 1024, 9 * 1024]) {
      const target = `/callback?code=${'x'.repeat(length)}&state=${state}`;
      expect(statusOf(await sendRaw(port, get(port, target)))).toBe(431);
    }
    await isStillServed();
  });
});

describe('the real callback', () => {
  test('gets a page that says only "Return to Gatepass", under strict headers', async () => {
    const answer = await sendRaw(port, real());
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toContain('Content-Type: text/html; charset=utf-8');
    expect(head).toContain('Cache-Control: no-store');
    expect(head).toContain('Referrer-Policy: no-referrer');
    expect(head).toContain("Content-Security-Policy: default-src 'none'; style-src 'sha256-");
    expect(head).toContain('Connection: close');
    expect(head.toLowerCase()).not.toMatch(/set-cookie|access-control|location:/);
    expect(body).toContain('You can close this tab and return to Gatepass.');
    expect(body).not.toMatch(/<script|src=|href="(?!data:,)/);
    expect(answer).not.toContain(state);
  });

  test('gets the very same page for an error', async () => {
    const withError = get(
      port,
      `/callback?error=access_denied&error_description=%3Cscript%3E&state=${state}`,
    );
    const page = (answer: string) => answer.split('\r\n\r\n')[1];
    const answered = page(await sendRaw(port, withError));
    const other = await expectCallback(`http://127.0.0.1:${port}/callback`, 'other');
    expect(answered).toBe(page(await sendRaw(port, get(port, '/callback?code=c&state=other'))));
    await other.release();
  });

  test('gets it in German where that is what the browser asks for', async () => {
    const answer = await sendRaw(
      port,
      get(port, `/callback?code=c&state=${state}`, ['Accept-Language: de-AT,en;q=0.5']),
    );
    expect(answer).toContain('<html lang="de">');
  });

  test('is served with 20 kB of cookies from other programs on localhost', async () => {
    const cookies = `Cookie: ${'other=x'.repeat((20 * 1024) / 7)}`;
    expect(statusOf(await sendRaw(port, get(port, `/callback?code=c&state=${state}`, [cookies])))).toBe(200);
  });

  test('twice at the same time is delivered once', async () => {
    let deliveries = 0;
    void expectation.response.then(() => deliveries++);
    const answers = await Promise.all([1, 2, 3].map(() => sendRaw(port, real())));
    expect(answers.map(statusOf)).toEqual([200, 200, 200]);
    expect(deliveries).toBe(1);
  });

  test('is served between garbage, half requests, a TLS hello and 200 idle connections', async () => {
    const idle = await Promise.all(Array.from({ length: 200 }, () => openIdle(port)));
    idle[0]?.write('GET /callb');
    await sendRaw(port, new Uint8Array([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]));
    await sendRaw(port, '\u0000\u0001 not http at all\r\n\r\n');
    await isStillServed();
    for (const socket of idle) socket.destroy();
  });

  test('is served after 500 concurrent requests with random states, all refused within a second of work', async () => {
    const before = process.cpuUsage();
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        sendRaw(port, get(port, `/callback?code=c&state=guess-${index}`)),
      ),
    );
    expect(new Set(answers.map(statusOf))).toEqual(new Set([400]));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
    await isStillServed();
  });
});

describe('flows on one port', () => {
  test('a state counts only at its own redirect URI', async () => {
    const other = await expectCallback(`http://127.0.0.1:${port}/callback/1a2b3c4d`, 'other');
    expect(statusOf(await sendRaw(port, get(port, '/callback?code=c&state=other')))).toBe(400);
    expect(statusOf(await sendRaw(port, get(port, `/callback/1a2b3c4d?code=c&state=${state}`)))).toBe(400);
    expect(statusOf(await sendRaw(port, get(port, '/callback/1a2b3c4d?code=c&state=other')))).toBe(200);
    await other.release();
    expect(statusOf(await sendRaw(port, get(port, '/callback/1a2b3c4d?code=c&state=other')))).toBe(404);
    await isStillServed();
  });

  test('localhost may join 127.0.0.1: then both families are served, each state under its own name', async () => {
    const other = await expectCallback(`http://localhost:${port}/callback`, 'other');
    const asLocalhost = (itsState: string) =>
      get(port, `/callback?code=c&state=${itsState}`, [], `localhost:${port}`);
    expect(statusOf(await sendRaw(port, asLocalhost(state)))).toBe(400);
    expect(statusOf(await sendRaw(port, asLocalhost('other'), '::1'))).toBe(200);
    await other.release();
    await isStillServed();
  });

  test('the port is given back when the last flow ends, and can be had again at once', async () => {
    const other = await expectCallback(`http://127.0.0.1:${port}/callback`, 'other');
    await expectation.release();
    expect(await canBind('127.0.0.1')).toBe(false);
    const closing = other.release();
    expectation = await expectCallback(`http://127.0.0.1:${port}/callback`, state);
    await closing;
    await isStillServed();
  });

  test('ending a flow twice ends no other', async () => {
    const other = await expectCallback(`http://127.0.0.1:${port}/callback`, 'other');
    await other.release();
    await other.release();
    await isStillServed();
  });
});

describe('the end', () => {
  // A promise about real time: another program may take that time from us once, but not thrice.
  test('comes within 100 ms, with 200 idle sockets and a half request open', { retry: 2 }, async () => {
    const idle = await Promise.all(Array.from({ length: 200 }, () => openIdle(port)));
    idle[0]?.write('GET /callback?code=');
    const startedAt = performance.now();
    await expectation.release();
    expect(await canBind('127.0.0.1')).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(100);
    for (const socket of idle) socket.destroy();
  });

  test('does not tear the page of the last callback', async () => {
    const answer = sendRaw(port, real());
    await expectation.response;
    await expectation.release();
    expect(await answer).toContain('</html>');
  });
});

describe('a port that is taken', () => {
  const taking = (host: string): Promise<Server> =>
    new Promise((resolve) => {
      const server: Server = createServer();
      server.listen(port, host, () => {
        resolve(server);
      });
    });

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', '127.0.0.1'],
    ['localhost', '::1'],
    ['127.0.0.1', '0.0.0.0'],
  ])('for %s on %s is named, and nothing of it is kept', async (host, taken) => {
    await expectation.release();
    const server = await taking(taken);
    expect(await listeners.expect({ redirectUri: `http://${host}:${port}/callback`, state })).toEqual(
      failed('LOGIN_PORT_BUSY', { port }),
    );
    await new Promise((resolve) => server.close(resolve));
    expect(await canBind('127.0.0.1')).toBe(true);
  });

  test('in the second family does not disturb a flow that only needs the first', async () => {
    const server = await taking('::1');
    expect(
      await listeners.expect({ redirectUri: `http://localhost:${port}/callback`, state: 'other' }),
    ).toEqual(failed('LOGIN_PORT_BUSY', { port }));
    await isStillServed();
    await new Promise((resolve) => server.close(resolve));
  });
});

test('a browser that hangs up before the answer does no harm', async () => {
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(get(port, '/callback?state=wrong'), () => socket.resetAndDestroy());
  });
  await new Promise((resolve) => socket.on('close', resolve));
  await isStillServed();
});
