import { expect, test } from 'vitest';
import { readCallbackRequest } from './callback-request';

const address = 'http://127.0.0.1:8666/callback';
const read = (url: string, { method = 'GET', hosts = ['127.0.0.1:8666'] } = {}) =>
  readCallbackRequest(
    { method, url, rawHeaders: hosts.flatMap((host) => ['Host', host]) },
    new Set([address]),
  );

test('a callback is its exact address, its query and its one state', () => {
  const request = read('/callback?code=a%2Bb&state=s%20t');
  expect(request).toMatchObject({ kind: 'callback', target: address, state: 's t' });
  expect(request.kind === 'callback' && request.query.reveal()).toBe('code=a%2Bb&state=s%20t');
});

test.each(['/callback', '/callback?', '/callback?state=', '/callback?state=a&state=b', '/callback?State=a'])(
  '%s has no state that could be looked up',
  (url) => {
    expect(read(url)).not.toHaveProperty('state');
  },
);

test.each([
  ['another path', '/other', {}, 404],
  ['a slash more', '/callback/', {}, 404],
  ['an encoded path', '/%63allback?state=a', {}, 404],
  ['the absolute form', `${address}?state=a`, {}, 404],
  ['another method', '/callback?state=a', { method: 'POST' }, 405],
  ['a rebound host', '/callback?state=a', { hosts: ['evil.example:8666'] }, 421],
  ['the same host by another name', '/callback?state=a', { hosts: ['localhost:8666'] }, 421],
  ['no host', '/callback?state=a', { hosts: [] }, 421],
  ['two hosts', '/callback?state=a', { hosts: ['127.0.0.1:8666', '127.0.0.1:8666'] }, 421],
  ['a query of more than 8 KiB', `/callback?state=${'a'.repeat(8_192)}`, {}, 431],
])('%s is refused', (_what, url, how, status) => {
  expect(read(url, how)).toEqual({ kind: 'refused', status });
});
