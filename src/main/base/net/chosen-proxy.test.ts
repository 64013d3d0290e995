import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { startProxy } from '../../../../e2e/servers/proxy';
import { systemClock } from '../clock';
import { chosenProxy, isProxyAddress } from './chosen-proxy';
import { createNetwork } from './create-network';

const system = () => Promise.resolve('PROXY system.example:3128; DIRECT');
const far = 'https://login.acme.example/authorize';

test.each([
  ['system', 'PROXY system.example:3128; DIRECT'],
  ['direct', 'DIRECT'],
  ['http://proxy.acme.example:8080', 'PROXY proxy.acme.example:8080'],
  ['http://proxy.acme.example', 'PROXY proxy.acme.example:80'],
  ['https://proxy.acme.example/', 'HTTPS proxy.acme.example:443'],
  ['socks5://10.0.0.1', 'SOCKS5 10.0.0.1:1080'],
  ['http://[fd00::1]:8080', 'PROXY [fd00::1]:8080'],
])('%s leads to %s', async (setting, list) => {
  expect(await chosenProxy(() => setting, system)(far)).toBe(list);
});

test.each(['http://127.0.0.1:9000/', 'http://localhost:9000/', 'http://[::1]/', 'http://127.1.2.3/'])(
  'this computer is asked directly, not through a chosen proxy: %s',
  async (url) => {
    expect(await chosenProxy(() => 'http://proxy.acme.example:8080', system)(url)).toBe('DIRECT');
  },
);

test('a private address is asked through the chosen proxy', async () => {
  const list = await chosenProxy(() => 'http://proxy.acme.example:8080', system)('https://10.0.0.5/');
  expect(list).toBe('PROXY proxy.acme.example:8080');
});

test.each([
  'ftp://proxy.acme.example',
  'socks4://proxy.acme.example',
  'http://user:secret@proxy.acme.example:8080',
  'http://proxy.acme.example:8080/path',
  'http://proxy.acme.example:8080?x',
  'http://proxy.acme.example:99999',
  'http://',
  'proxy.acme.example:8080',
  'http://a b',
  '',
])('no address of a proxy: %j', (text) => {
  expect(isProxyAddress(text)).toBe(false);
});

test('a change of the setting counts from the next request on', async () => {
  const server = createServer((_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = await startProxy({ does: 'forward', everywherePort: port });
  let setting = 'direct';
  const network = createNetwork({
    resolveProxy: chosenProxy(() => setting, system),
    clock: systemClock,
    resolve: (_hostname, done) => {
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    },
  });
  const ask = async () => (await network.fetch(`http://mcp.acme.example:${port}/`)).text();
  expect(await ask()).toBe('hello');
  expect(proxy.requests).toEqual([]);
  setting = proxy.url;
  expect(await ask()).toBe('hello');
  expect(proxy.requests).toHaveLength(1);
  setting = 'direct';
  expect(await ask()).toBe('hello');
  expect(proxy.requests).toHaveLength(1);
  await network.close();
  await proxy.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
