import { expect, test } from 'vitest';
import { routesOf } from './proxy';

const proxy = (uri: string) => ({ kind: 'proxy', uri });
const direct = { kind: 'direct' };

test.each([
  ['DIRECT', [direct]],
  ['PROXY proxy.acme.example:8080', [proxy('http://proxy.acme.example:8080')]],
  [
    'PROXY a:1; HTTPS b:2 ;SOCKS5 c:3;DIRECT',
    [proxy('http://a:1'), proxy('https://b:2'), proxy('socks5://c:3'), direct],
  ],
  ['SOCKS old:1080; DIRECT', [direct]],
  ['PROXY [::1]:8080', [proxy('http://[::1]:8080')]],
  ['', [direct]],
  ['nonsense', []],
  ['PROXY', []],
])('%j', (list, routes) => {
  expect(routesOf(list)).toEqual(routes);
});

test('a list of proxies we cannot use does not send the request past them', () => {
  expect(routesOf('SOCKS old:1080')).toEqual([]);
});
