import { gzipSync } from 'node:zlib';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  drip,
  empty,
  gzipBomb,
  huge,
  redirect,
  reset,
  stall,
  truncated,
} from '../../../../e2e/servers/answers';
import type { Answer } from '../../../../e2e/servers/answers';
import { startProxy } from '../../../../e2e/servers/proxy';
import { makeTlsFixtures } from '../../../../e2e/servers/tls';
import { listen } from '../../../../e2e/servers/http-server';
import { systemClock } from '../clock';
import { createNetwork } from './create-network';
import type { NetworkOptions } from './create-network';
import type { NetworkRequest } from './network';
import { NetworkError } from './network-error';

vi.setConfig({ testTimeout: 30_000 });

let server: Server;
let url: string;
let port: number;
let answer: RequestListener;
let network: ReturnType<typeof createNetwork>;

const networkWith = (more: Partial<NetworkOptions> = {}) =>
  createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock: systemClock, ...more });

beforeEach(async () => {
  answer = (_request, response) => response.end('hello');
  server = createServer((request, response) => {
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  url = `http://127.0.0.1:${port}/path?code=canary-code`;
  network = networkWith();
});
afterEach(async () => {
  await network.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Reason and whether anything was sent; or what came. */
async function outcome(request: NetworkRequest = {}, by = network, address = url) {
  try {
    const response = await by.fetch(address, request);
    return `${response.status} ${(await response.text()).slice(0, 20)}`;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    expect(error.message).not.toContain('canary-code');
    return `${error.reason}, ${error.sent ? 'sent' : 'not sent'}`;
  }
}
const answering = (one: Answer) => {
  answer = (request, response) => void one(request, response);
};

test('an answer is read to its end, decoded, and says what is true of the decoded body', async () => {
  answer = (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' });
    response.end(gzipSync('decoded'));
  };
  const response = await network.fetch(url);
  expect(await response.text()).toBe('decoded');
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('content-type')).toBe('text/plain');
});

test('the request is sent as it is given, under our name', async () => {
  const seen: unknown[] = [];
  answer = (request, response) => {
    seen.push(request.method, request.headers['x-test'], request.headers['user-agent']);
    request.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
    request.on('end', () => response.end());
  };
  const named = networkWith({ userAgent: 'Gatepass/1.0.0' });
  const headers = { 'x-test': '1', 'user-agent': 'openid-client' };
  await named.fetch(url, { method: 'POST', headers, body: new URLSearchParams({ a: 'b c' }) });
  expect(seen).toEqual(['POST', '1', 'Gatepass/1.0.0', 'a=b+c']);
  await named.close();
});

test.each([204, 304])('%i has no body', async (status) => {
  answering(empty(status));
  expect(await outcome()).toBe(`${status} `);
});

test('a redirect is an answer, never followed', async () => {
  let requests = 0;
  answer = (request, response) => {
    requests++;
    void redirect(url)(request, response);
  };
  expect(await outcome()).toBe('302 ');
  expect(requests).toBe(1);
});

describe('caps', () => {
  const size = 3 * 1024 * 1024;

  test.each<[string, Answer]>([
    ['an honest length', huge(size)],
    ['no length', huge(size, 'absent')],
    ['a lying length', huge(size, size + 1)],
    ['a gzip bomb', gzipBomb(64 * size)],
  ])('%s is cut off at 1 MiB', async (_name, one) => {
    answering(one);
    expect(await outcome()).toBe('too-large, sent');
  });

  test('the cap is the last byte that is allowed', async () => {
    answer = (_request, response) => response.end('12345');
    expect(await outcome({ maxBytes: 5 })).toBe('200 12345');
    expect(await outcome({ maxBytes: 4 })).toBe('too-large, sent');
  });
});

describe('deadlines', () => {
  test.each<[string, Answer]>([
    ['no answer', stall],
    ['a dripping body', drip('x'.repeat(1000), 50)],
  ])('%s ends at the deadline, which covers the body', async (_name, one) => {
    answering(one);
    const startedAt = performance.now();
    expect(await outcome({ deadlineMs: 1000 })).toBe('timeout, sent');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('a proxy question that is never answered ends as well, and nothing was sent', async () => {
    const asking = networkWith({ resolveProxy: () => new Promise(() => undefined) });
    expect(await outcome({ deadlineMs: 50 }, asking)).toBe('timeout, not sent');
  });

  test('a server that accepts and never speaks TLS ends, and nothing was sent', async () => {
    const silent = createTcpServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await outcome({ deadlineMs: 150 }, network, address)).toBe('timeout, not sent');
    silent.close();
  });

  test("the caller's signal ends it at once", async () => {
    answering(stall);
    const controller = new AbortController();
    const result = outcome({ signal: controller.signal });
    setTimeout(() => {
      controller.abort();
    }, 20);
    expect(await result).toMatch(/^aborted/);
    expect(await outcome({ signal: AbortSignal.abort() })).toBe('aborted, not sent');
  });
});

describe('what was sent', () => {
  test('a connection broken after the request counts as sent', async () => {
    answering(reset);
    expect(await outcome({ method: 'POST', body: 'x' })).toBe('interrupted, sent');
    answering(truncated({ a: 'b'.repeat(100) }));
    expect(await outcome()).toBe('interrupted, sent');
  });

  test('a refused connection, a missing name and TLS that fails count as not sent', async () => {
    expect(await outcome({}, network, 'http://127.0.0.1:9/')).toMatch(/not sent$/);
    expect(await outcome({}, network, `https://127.0.0.1:${port}/`)).toBe('tls, not sent');
    const nameless = networkWith({
      resolve: (_host, done) => {
        done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
      },
    });
    expect(await outcome({}, nameless, 'https://nowhere.acme.example/')).toBe('dns, not sent');
  });
});

describe('addresses', () => {
  const resolvingTo = (...addresses: string[]) =>
    networkWith({
      resolve: (_host, done) => {
        done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
      },
    });
  const named = () => `http://registry.acme.example:${port}/`;

  test('a name that resolves to a private address is refused by the public rule only', async () => {
    expect(await outcome({ addresses: 'public' }, resolvingTo('127.0.0.1'), named())).toBe(
      'forbidden-address, not sent',
    );
    expect(await outcome({ addresses: 'any' }, resolvingTo('127.0.0.1'), named())).toBe('200 hello');
  });

  test('a name that resolves to a link-local address is always refused', async () => {
    expect(await outcome({}, resolvingTo('169.254.169.254'), named())).toBe('forbidden-address, not sent');
    expect(await outcome({}, resolvingTo('fe80::1'), named())).toBe('forbidden-address, not sent');
  });

  test('of several addresses only the allowed ones are tried', async () => {
    expect(await outcome({}, resolvingTo('169.254.169.254', '127.0.0.1'), named())).toBe('200 hello');
  });

  test('an answer that changes between two lookups gains nothing: the one that is used is judged', async () => {
    const answers = ['198.51.100.7', '127.0.0.1'];
    const changing = networkWith({
      resolve: (_host, done) => {
        done(null, [{ address: answers.pop() ?? '', family: 4 }]);
      },
    });
    expect(await outcome({ addresses: 'public', fresh: true }, changing, named())).toBe(
      'forbidden-address, not sent',
    );
  });

  test.each(['127.0.0.1', '[::ffff:127.0.0.1]', '2130706433', 'localhost'])(
    'literal addresses are judged in every spelling: %s',
    async (host) => {
      const address = `http://${host}:${port}/`;
      expect(await outcome({ addresses: 'public' }, network, address)).toBe('forbidden-address, not sent');
    },
  );

  test('a pooled connection made under one rule is not used under another', async () => {
    expect(await outcome()).toBe('200 hello');
    expect(await outcome({ addresses: 'public' })).toBe('forbidden-address, not sent');
  });

  test('whoever wants to know is told the address that was connected to', async () => {
    const connected: string[] = [];
    await outcome({ onConnected: (address) => connected.push(address) });
    await outcome({ onConnected: (address) => connected.push(address) });
    expect(connected).toEqual(['127.0.0.1', '127.0.0.1']);
  });
});

describe('connections', () => {
  test('are kept, unless a fresh one is asked for', async () => {
    const ports = new Set<number | undefined>();
    answer = (request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    };
    for (let i = 0; i < 6; i++) await outcome();
    const kept = ports.size;
    expect(kept).toBeLessThan(4);
    await outcome({ fresh: true });
    await outcome({ fresh: true });
    expect(ports.size).toBe(kept + 2);
  });
});

describe('TLS', () => {
  test('an added authority is trusted, and wrong certificates are not', async () => {
    const fixtures = await makeTlsFixtures();
    const trusting = networkWith({ extraCa: () => Promise.resolve([fixtures.ca]) });
    const kinds = ['valid', 'expired', 'wrongHost', 'selfSigned', 'unknownAuthority'] as const;
    const outcomes: string[] = [];
    for (const kind of kinds) {
      const secure = await listen(
        { tls: fixtures[kind] },
        () => (_request, response) => response.end('hello'),
      );
      outcomes.push(await outcome({}, trusting, secure.origin));
      await secure.close();
    }
    expect(outcomes).toEqual(['200 hello', ...Array.from({ length: 4 }, () => 'tls, not sent')]);
    await trusting.close();
  });

  test('the authorities are read once, and again when they change', async () => {
    const fixtures = await makeTlsFixtures();
    const secure = await listen({ tls: fixtures.valid }, () => (_request, response) => response.end('hello'));
    let extra = [fixtures.ca];
    const trusting = networkWith({ extraCa: () => Promise.resolve(extra) });
    const reading = vi.spyOn(tls, 'createSecureContext');
    const readings = () => reading.mock.calls.filter(([options]) => options?.ca !== undefined).length;
    const ask = () => outcome({ fresh: true }, trusting, secure.origin);

    expect([await ask(), await ask(), readings()]).toEqual(['200 hello', '200 hello', 1]);
    extra = [];
    expect([await ask(), readings()]).toEqual(['tls, not sent', 1]);
    extra = [fixtures.ca];
    expect([await ask(), await ask(), readings()]).toEqual(['200 hello', '200 hello', 2]);
    reading.mockRestore();
    await trusting.close();
    await secure.close();
  });
});

describe('proxies', () => {
  const throughList = (list: string, more: Partial<NetworkOptions> = {}) =>
    networkWith({ resolveProxy: () => Promise.resolve(list), ...more });

  test('a proxy is used, for TLS as well, and the certificate is still checked', async () => {
    const fixtures = await makeTlsFixtures();
    const secure = await listen({ tls: fixtures.valid }, () => (_request, response) => response.end('hello'));
    const proxy = await startProxy({ does: 'forward' });
    const list = `PROXY ${new URL(proxy.url).host}`;
    expect(
      await outcome({}, throughList(list, { extraCa: () => Promise.resolve([fixtures.ca]) }), secure.origin),
    ).toBe('200 hello');
    expect(await outcome({}, throughList(list), secure.origin)).toBe('tls, not sent');
    expect(proxy.requests[0]).toBe(`CONNECT 127.0.0.1:${secure.port}`);
    await secure.close();
    await proxy.close();
  });

  test('407 is named, with nothing sent and no second try', async () => {
    const proxy = await startProxy({ does: 'demand sign-in' });
    const list = `PROXY ${new URL(proxy.url).host}; DIRECT`;
    expect(await outcome({ fresh: true }, throughList(list))).toBe('proxy-auth, not sent');
    expect(await outcome({}, throughList(list))).toBe('proxy-auth, not sent');
    expect(proxy.requests).toHaveLength(2);
    await proxy.close();
  });

  test('the list is tried in order', async () => {
    const proxy = await startProxy({ does: 'forward' });
    await proxy.close();
    const dead = new URL(proxy.url).host;
    expect(await outcome({}, throughList(`PROXY ${dead}; DIRECT`))).toBe('200 hello');
    expect(await outcome({}, throughList(`PROXY ${dead}`))).toBe('refused, not sent');
  });

  test('a list of kinds we do not speak is a refusal, not a way around', async () => {
    expect(await outcome({}, throughList('SOCKS old.acme.example:1080'))).toBe('refused, not sent');
  });

  test('literal addresses are judged before the proxy is asked, names are the proxy’s business', async () => {
    const proxy = await startProxy({ does: 'forward', everywherePort: port });
    const through = throughList(`PROXY ${new URL(proxy.url).host}`);
    expect(await outcome({ addresses: 'public' }, through)).toBe('forbidden-address, not sent');
    expect(await outcome({}, through, 'http://169.254.169.254/')).toBe('forbidden-address, not sent');
    expect(proxy.requests).toEqual([]);
    const named = `http://login.acme.example:${port}/`;
    expect(await outcome({ addresses: 'public' }, through, named)).toBe('200 hello');
    await proxy.close();
  });

  test('SOCKS5 is spoken, and the name is left to the proxy to resolve', async () => {
    const asked: string[] = [];
    const socks = createTcpServer((client) => {
      client.on('error', () => client.destroy());
      client.once('data', () => {
        client.write(Buffer.from([5, 0]));
        client.once('data', (request: Buffer) => {
          asked.push(request.subarray(5, 5 + (request[4] ?? 0)).toString());
          const upstream = connect(port, '127.0.0.1', () => {
            client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
            upstream.pipe(client).pipe(upstream);
          });
          upstream.on('error', () => client.destroy());
        });
      });
    });
    await new Promise<void>((resolve) => socks.listen(0, '127.0.0.1', resolve));
    const through = throughList(`SOCKS5 127.0.0.1:${(socks.address() as AddressInfo).port}`);
    expect(await outcome({ addresses: 'public' }, through, 'http://login.acme.example/')).toBe('200 hello');
    expect(asked).toEqual(['login.acme.example']);
    await through.close();
    socks.close();
  });

  test('a question about proxies that fails means there is none', async () => {
    const asking = networkWith({ resolveProxy: () => Promise.reject(new Error('no')) });
    expect(await outcome({}, asking)).toBe('200 hello');
  });
});
