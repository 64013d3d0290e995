import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertHarmless } from '../base/testing/assert-harmless';
import { readTokenAnswer } from './token-answer';

const read = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  readTokenAnswer(
    { status, headers: new Headers(headers) },
    typeof body === 'string' ? body : JSON.stringify(body),
    0,
  );
const good = { access_token: 'at', token_type: 'bearer', expires_in: 300 };

test('only what is used is kept, under the one name of the token type', () => {
  const answer = read({ ...good, scope: 'openid', foo: 'bar', id_token: 'jwt', refresh_token: 'rt' });
  expect(answer).toMatchObject({
    kind: 'tokens',
    fields: { access_token: 'at', token_type: 'Bearer', scope: 'openid', id_token: 'jwt' },
    expiresInSeconds: 300,
  });
  expect(answer.kind === 'tokens' && Object.keys(answer.fields)).toHaveLength(4);
});

describe('access tokens', () => {
  test.each([
    ['a number', 42],
    ['empty', ''],
    ['64 kB', 'x'.repeat(64 * 1024)],
    ['with CR LF', 'abc\r\nx-injected: 1'],
    ['with a space', 'a b'],
    ['not ASCII', 'töken'],
    ['null', null],
  ])('%s are refused', (_name, token) => {
    expect(read({ ...good, access_token: token })).toMatchObject({
      kind: 'unusable',
      code: 'TOKEN_BAD_RESPONSE',
      field: 'access_token',
    });
  });

  test('of 32 kB with every visible character are accepted', () => {
    const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join('');
    expect(read({ ...good, access_token: visible.repeat(348) }).kind).toBe('tokens');
  });
});

test('a body under another content type is read all the same', () => {
  expect(read(good, 200, { 'content-type': 'text/plain' }).kind).toBe('tokens');
});

test(
  'any body of any status gives an answer, keeps every refresh token, and pollutes nothing',
  { timeout: 60_000 },
  () => {
    const name = fc.constantFrom(
      'access_token',
      'token_type',
      'expires_in',
      'refresh_token',
      'id_token',
      'scope',
      'error',
      '__proto__',
    );
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('Bearer', 'at', 300, 'invalid_grant'));
    const body = fc.oneof(
      fc
        .array(fc.tuple(name, value))
        .map((entries) => `{${entries.map(([key, one]) => `"${key}":${JSON.stringify(one)}`).join(',')}}`),
      fc.json(),
      fc.string({ unit: 'binary' }),
    );
    assertHarmless(
      fc.tuple(body, fc.integer({ min: 200, max: 599 })),
      ([text, status]) => {
        const answer = read(text, status);
        expect(['tokens', 'unusable', 'error']).toContain(answer.kind);
        if (answer.kind === 'tokens') expect(answer.expiresInSeconds).toBeGreaterThanOrEqual(0);
        if (answer.kind === 'tokens') expect(answer.expiresInSeconds).toBeLessThanOrEqual(86_400);
        return answer.kind === 'unusable' ? answer.code : undefined;
      },
      { numRuns: 200 },
    );
  },
);
