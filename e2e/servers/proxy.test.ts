import { fetch, ProxyAgent } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { listen, unusedOrigin } from './http-server';
import { startProxy } from './proxy';
import type { Proxy, ProxyOptions } from './proxy';

let proxy: Proxy;
const through = async (options: ProxyOptions) => {
  proxy = await startProxy(options);
  return new ProxyAgent({ uri: proxy.url, proxyTunnel: true });
};
afterEach(() => proxy.close());

test('it leads a tunnel to where the client asks, or to one server for every host', async () => {
  const server = await listen({}, () => (request, response) => {
    response.end(`hello from ${request.headers.host ?? ''}`);
  });
  const direct = await fetch(server.origin, { dispatcher: await through({ does: 'forward' }) });
  expect(await direct.text()).toBe(`hello from 127.0.0.1:${server.port}`);
  expect(proxy.requests).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
  await proxy.close();

  const dispatcher = await through({ does: 'forward', everywherePort: server.port });
  const elsewhere = await fetch('http://login.acme.example/', { dispatcher });
  expect(await elsewhere.text()).toBe('hello from login.acme.example');
  await server.close();
});

test('it can demand a sign-in of every tunnel', async () => {
  const dispatcher = await through({ does: 'demand sign-in' });
  const refused = await fetch('https://login.acme.example/', { dispatcher }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ cause: { cause: { message: expect.stringContaining('407') as unknown } } });
});

test('nobody listens on an unused origin', async () => {
  proxy = await startProxy({ does: 'forward' });
  await expect(fetch(await unusedOrigin())).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});
