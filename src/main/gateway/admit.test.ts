import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { admit } from './admit';

const door = { port: 40123, token: new Secret('the-token-of-this-start') };
const usual = { Host: '127.0.0.1:40123', Authorization: 'Bearer the-token-of-this-start' };

interface Request {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** The code of the refusal, or how it is let in. */
function judged({ method = 'GET', url = '/api/v1beta/registry', headers = {} }: Request): string {
  const rawHeaders = Object.entries({ ...usual, ...headers }).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [name, value]),
  );
  const admission = admit({ method, url, rawHeaders }, door);
  return admission.kind === 'refused'
    ? (admission.answer.body as { readonly code: string }).code
    : admission.kind;
}

test('a request with the token, to the loopback address by number or by name, is admitted', () => {
  expect(judged({})).toBe('admitted');
  expect(judged({ headers: { Host: 'localhost:40123' } })).toBe('admitted');
  expect(judged({ headers: { Authorization: 'bearer the-token-of-this-start' } })).toBe('admitted');
});

test.each([
  ['another name, as DNS rebinding brings', 'evil.example:40123'],
  ['a name that ends like ours', 'x.localhost:40123'],
  ['another port', '127.0.0.1:40124'],
  ['no port', '127.0.0.1'],
  ['another loopback address', '127.0.0.2:40123'],
  ['user information', 'evil@127.0.0.1:40123'],
  ['a trailing dot', 'localhost.:40123'],
  ['capital letters, which no client of ours sends', 'LOCALHOST:40123'],
  ['an empty name', ''],
  ['two', ['127.0.0.1:40123', 'evil.example']],
  ['twice the same', ['127.0.0.1:40123', '127.0.0.1:40123']],
  ['none', []],
])('a Host with %s is refused, even with the token', (_what, host) => {
  expect(judged({ headers: { Host: host } })).toBe('misdirected_request');
});

test.each([
  ['a page', 'https://evil.example'],
  ['a page without an origin', 'null'],
  ['our own address', 'http://127.0.0.1:40123'],
  ['nothing', ''],
])('an Origin that names %s is refused, even with the token', (_what, origin) => {
  expect(judged({ headers: { Origin: origin } })).toBe('forbidden_origin');
});

test('what a page loads without an Origin is refused by its Fetch Metadata', () => {
  for (const site of ['cross-site', 'same-site', 'same-origin'])
    expect(judged({ url: '/health', headers: { 'Sec-Fetch-Site': site } })).toBe('forbidden_origin');
  expect(judged({ headers: { 'Sec-Fetch-Site': 'none' } })).toBe('admitted');
});

test.each([
  ['none', []],
  ['another', 'Bearer another-token-of-this-len'],
  ['another of the same length', 'Bearer the-token-of-this-starx'],
  ['one that only a lost half of a letter tells from ours', 'Bearer \u0174he-token-of-this-start'],
  ['one that begins like ours', 'Bearer the-token-of-this-star'],
  ['one that goes on', 'Bearer the-token-of-this-start1'],
  ['an empty one', 'Bearer '],
  ['another scheme', 'Basic the-token-of-this-start'],
  ['ours beside another', ['Bearer the-token-of-this-start', 'Bearer x']],
])('a token is needed: %s is refused', (_what, authorization) => {
  expect(judged({ headers: { Authorization: authorization } })).toBe('unauthorized');
});

test('a token in the address is not looked at', () => {
  const url = '/api/v1beta/registry?access_token=the-token-of-this-start';
  expect(judged({ url, headers: { Authorization: [] } })).toBe('unauthorized');
});

test('only the question who we are needs no token', () => {
  for (const url of ['/health', '/health?nonce=1'])
    expect(judged({ url, headers: { Authorization: [] } })).toBe('public');
  for (const url of ['/healthy', '/health/', '/health/../api/v1beta/registry', '/health%3Fnonce'])
    expect(judged({ url, headers: { Authorization: [] } })).toBe('unauthorized');
});

test.each(['http://evil.example/', 'http://127.0.0.1:40123/health', '*', '', '/a#b', '/a b', '/ä'])(
  'the request target %j is refused',
  (url) => {
    expect(judged({ url })).toBe('bad_request');
  },
);

test('only GET, HEAD and POST are spoken', () => {
  for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])
    expect(judged({ method })).toBe('method_not_allowed');
});

test('a body comes with POST only, and holds at most 1 MiB', () => {
  const length = (bytes: number) => ({ 'Content-Length': String(bytes) });
  expect(judged({ method: 'POST', headers: length(1024 * 1024) })).toBe('admitted');
  expect(judged({ method: 'POST', headers: length(1024 * 1024 + 1) })).toBe('payload_too_large');
  expect(judged({ method: 'GET', headers: length(0) })).toBe('admitted');
  expect(judged({ method: 'GET', headers: length(1) })).toBe('bad_request');
  expect(judged({ method: 'GET', headers: { 'Transfer-Encoding': 'chunked' } })).toBe('bad_request');
});
