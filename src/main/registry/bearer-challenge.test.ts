import { expect, test } from 'vitest';
import { bearerChallenge } from './bearer-challenge';

const address = 'https://mcp.acme.example/.well-known/oauth-protected-resource';
const addressIn = (header: string) => bearerChallenge(header)?.get('resource_metadata');

test.each([
  ['alone', `Bearer resource_metadata="${address}"`],
  ['after others', `Bearer realm="a, b=\\"c\\"", error="invalid_token", resource_metadata="${address}"`],
  ['in another case, with spaces', `bearer  Resource_Metadata = "${address}" , scope="a b"`],
  ['behind another scheme', `Negotiate YII+/abc==, Basic realm="x", Bearer resource_metadata="${address}"`],
  ['before another scheme', `Bearer resource_metadata="${address}", Basic realm="x"`],
  ['before one without parameters', `Bearer resource_metadata="${address}", Negotiate`],
  ['after empty elements', `, ,Bearer resource_metadata="${address}",`],
])('the address is found %s', (_where, header) => {
  expect(addressIn(header)).toBe(address);
});

test.each([
  ['nothing', ''],
  ['no parameter of that name', 'Bearer realm="acme"'],
  ['a Bearer without parameters', 'Bearer'],
  ['another scheme', `Digest resource_metadata="${address}"`],
  ['a scheme that only begins so', `BearerToken resource_metadata="${address}"`],
  ['the name inside a quoted text', `Bearer realm="resource_metadata=${address}"`],
  ['it said twice', `Bearer resource_metadata="${address}", resource_metadata="https://evil.example"`],
  ['an open quote', `Bearer resource_metadata="${address}`],
  ['text behind the quote', `Bearer resource_metadata="${address}"x`],
  ['an address without quotes', `Bearer resource_metadata=${address}`],
])('no address is taken from %s', (_what, header) => {
  expect(addressIn(header)).toBeUndefined();
});

test('a quoted character is what it stands for', () => {
  expect(bearerChallenge('Bearer realm="a\\"b\\\\c"')?.get('realm')).toBe('a"b\\c');
});

test('a header of 60 kB made to be slow is read at once', () => {
  for (const piece of ['a', ',', 'Bearer ', 'a=', '"\\', 'a="b",']) {
    const began = performance.now();
    bearerChallenge(`Bearer ${piece.repeat(60_000 / piece.length)}`);
    expect(performance.now() - began).toBeLessThan(2_000);
  }
});
