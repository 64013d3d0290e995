import { expect, test } from 'vitest';
import { checkProxy } from './proxy-check';

const urls = ['https://mcp.acme.example/registry', 'https://login.acme.example'];

test('the way to each host is told, without a password in it', async () => {
  const outcome = await checkProxy(urls, (url) =>
    Promise.resolve(url.includes('login') ? 'PROXY alice:hunter2@proxy:3128; DIRECT' : 'DIRECT'),
  );
  expect(outcome).toEqual({
    verdict: 'pass',
    facts: [
      { name: 'route', value: 'mcp.acme.example: DIRECT' },
      { name: 'route', value: 'login.acme.example: PROXY proxy:3128; DIRECT' },
    ],
  });
});

test('a proxy of a kind that is not spoken leaves no way', async () => {
  expect(await checkProxy(urls, () => Promise.resolve('SOCKS proxy:1080'))).toMatchObject({
    verdict: 'fail',
    problem: { code: 'NET_REFUSED', params: { host: 'mcp.acme.example' } },
  });
});

test('a system that does not say goes straight', async () => {
  expect(await checkProxy(urls, () => Promise.reject(new Error('no')))).toMatchObject({ verdict: 'pass' });
});
