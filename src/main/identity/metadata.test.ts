import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkMetadata } from './metadata';
import { issuerOfMetadataAddress, metadataAddresses } from './metadata-addresses';
import { parseStrictObject } from '../base/strict-json';
import { assertHarmless } from '../base/testing/assert-harmless';
import { clientOf } from './testing/client';

const issuer = 'https://login.acme.example';
const correct = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  code_challenge_methods_supported: ['S256'],
};
const check = (text: string) => checkMetadata(text, clientOf(issuer), 'public');

test.each([
  [
    'https://a.example',
    [
      'https://a.example/.well-known/openid-configuration',
      'https://a.example/.well-known/oauth-authorization-server',
    ],
  ],
  [
    'https://a.example/',
    [
      'https://a.example/.well-known/openid-configuration',
      'https://a.example/.well-known/oauth-authorization-server',
    ],
  ],
  [
    'https://a.example/realms/r',
    [
      'https://a.example/realms/r/.well-known/openid-configuration',
      'https://a.example/.well-known/oauth-authorization-server/realms/r',
    ],
  ],
  [
    'https://a.example/o/app/',
    [
      'https://a.example/o/app/.well-known/openid-configuration',
      'https://a.example/.well-known/oauth-authorization-server/o/app',
    ],
  ],
])('the metadata of %s is at the addresses of both specifications', (one, addresses) => {
  expect(metadataAddresses(one)).toEqual(addresses);
  for (const address of addresses) expect(issuerOfMetadataAddress(address)).toBe(one.replace(/\/$/, ''));
});

test("a repeated name at the top is refused, below it is nobody's business", () => {
  expect(parseStrictObject('{"a":1,"b":2,"\\u0061":3}')).toBeUndefined();
  expect(parseStrictObject('{"a":{"x":1,"x":2},"b":":a"}')).toEqual({ a: { x: 2 }, b: ':a' });
});

test('20 levels are enough, and 21 too many', () => {
  const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  expect(parseStrictObject(nested(20))).toBeDefined();
  expect(parseStrictObject(nested(21))).toBeUndefined();
});

test('a text of 1 MB is read in no time', () => {
  const startedAt = performance.now();
  expect(parseStrictObject(`{"a":"${'\\"'.repeat(500_000)}"}`)).toBeDefined();
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

test('any document gives metadata or a named failure, and pollutes nothing', { timeout: 60_000 }, () => {
  const value = fc.oneof(fc.jsonValue(), fc.webUrl(), fc.constantFrom(...Object.values(correct)));
  const entry = fc.tuple(fc.constantFrom(...Object.keys(correct), 'x_endpoint', '__proto__'), value);
  const changed = fc
    .array(entry, { maxLength: 4 })
    .map((entries) => JSON.stringify({ ...correct, ...Object.fromEntries(entries) }));
  assertHarmless(
    fc.oneof(changed, fc.json(), fc.string({ unit: 'binary' })),
    (text) => {
      const result = check(text);
      if (!result.ok) return result.failure.code;
      expect(result.value.metadata.issuer).toBe(issuer);
      return undefined;
    },
    { numRuns: 200 },
  );
  expect(check(JSON.stringify(correct)).ok).toBe(true);
});
