import { expect, test } from 'vitest';
import { checkName, type HostOnTheWay } from './host-checks';

const host = (more: Partial<HostOnTheWay> = {}): HostOnTheWay => ({
  url: new URL('https://mcp.acme.example/registry'),
  route: { kind: 'direct' },
  rule: 'public',
  forbiddenAddress: 'REGISTRY_PRIVATE_ADDRESS',
  ...more,
});
const finds =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: 4 })));
const unknown = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));

test('a name that is known passes with its addresses', async () => {
  expect(await checkName(host(), finds('192.0.2.1', '10.0.0.1'))).toEqual({
    verdict: 'pass',
    tried: 'mcp.acme.example',
    facts: [
      { name: 'address', value: '192.0.2.1 (public)' },
      { name: 'address', value: '10.0.0.1 (private)' },
    ],
  });
});

test('an unknown name, and one that leads only where it may not, fail by their code', async () => {
  expect(await checkName(host(), unknown)).toMatchObject({
    verdict: 'fail',
    problem: { code: 'NET_DNS', params: { host: 'mcp.acme.example' } },
  });
  expect(await checkName(host(), finds('10.0.0.1'))).toMatchObject({
    verdict: 'fail',
    problem: { code: 'REGISTRY_PRIVATE_ADDRESS' },
  });
  expect(await checkName(host({ rule: 'any' }), finds('10.0.0.1'))).toMatchObject({ verdict: 'pass' });
});

test('a literal address is judged without asking anybody', async () => {
  const url = new URL('https://[fe80::1]/');
  expect(await checkName(host({ url, rule: 'any' }), unknown)).toMatchObject({ verdict: 'fail' });
});

test('a proxy finds names itself, so it does not matter whether this computer can', async () => {
  const route = { kind: 'proxy', uri: 'http://proxy.acme.example:3128' } as const;
  expect(await checkName(host({ route }), unknown)).toEqual({
    verdict: 'not-needed',
    tried: 'mcp.acme.example',
    facts: [{ name: 'route', value: 'http://proxy.acme.example:3128' }],
  });
});
