import { describe, expect, test } from 'vitest';
import { addressRuleFor, isEndpoint, namesLinkLocalPlace, namesPrivatePlace } from './endpoint-rules';
import type { Provider } from './types';

describe('an endpoint', () => {
  test.each([
    'https://login.acme.example/token',
    'https://login.acme.example/a?tenant=b',
    'http://127.0.0.1:9/t',
    'http://[::1]:9/t',
    'http://localhost:9/t',
  ])('may be %s', (url) => {
    expect(isEndpoint(url)).toBe(true);
  });

  test.each([
    'http://login.acme.example/token',
    'http://127.0.0.1.evil.example/token',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '/token',
    '',
    'https://user@login.acme.example/token',
    'https://:secret@login.acme.example/token',
    'https://login.acme.example/token#',
    'https://login.acme.example/token?Client_ID=other',
    'https://login.acme.example/authorize?redirect_uri=https://evil.example',
    42,
    null,
  ])('may not be %j', (value) => {
    expect(isEndpoint(value)).toBe(false);
  });

  test.each([
    ...['client_id', 'client_secret', 'code', 'code_challenge', 'code_challenge_method', 'code_verifier'],
    ...['grant_type', 'nonce', 'redirect_uri', 'refresh_token', 'request', 'request_uri', 'response_mode'],
    ...['response_type', 'scope', 'state', 'token'],
  ])('may not come with %s, which would then stand there twice', (name) => {
    expect(isEndpoint(`https://login.acme.example/token?${name}=x`)).toBe(false);
  });
});

test.each([
  ['https://login.acme.example/', false, false],
  ['https://10.0.0.1/', true, false],
  ['https://[fd00::1]/', true, false],
  ['https://localhost/', true, false],
  ['https://169.254.169.254/', true, true],
  ['https://[fe80::1]/', true, true],
  ['https://0xa9fea9fe/', true, true],
])('%s names a private place: %s, a link-local one: %s', (url, isPrivate, isLinkLocal) => {
  expect([namesPrivatePlace(new URL(url)), namesLinkLocalPlace(new URL(url))]).toEqual([
    isPrivate,
    isLinkLocal,
  ]);
});

test('the issuer is where a person said; only what is elsewhere was learnt', () => {
  const metadata = { issuer: 'https://login.acme.example/a' } as Provider['metadata'];
  const provider: Provider = { metadata, issAdvertised: false, endpointAddresses: 'public' };
  expect(addressRuleFor(provider, 'https://login.acme.example/token')).toBe('any');
  expect(addressRuleFor(provider, 'https://tokens.acme.example/token')).toBe('public');
});
