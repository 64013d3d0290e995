import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failed } from '../base/failure';
import { Secret } from '../base/secret';
import { assertHarmless } from '../base/testing/assert-harmless';
import { authorizationCodeIn } from './callback-response';
import { clientOf } from './testing/client';

const issuer = 'https://login.acme.example/';
const client = clientOf(issuer, { audience: 'https://registry.acme.example' });
const read = (query: string, issAdvertised = false) =>
  authorizationCodeIn({ query: new Secret(query) }, client, issAdvertised);
const codeOf = (query: string, issAdvertised = false) => {
  const result = read(query, issAdvertised);
  return result.ok ? 'ok' : result.failure.code;
};
const iss = `iss=${encodeURIComponent(issuer)}`;

test('a code is taken as it is', () => {
  const result = read(`code=a%2Bb%20c&state=s&session_state=x`);
  expect(result.ok && result.value.reveal()).toBe('a+b c');
});

describe('errors', () => {
  test.each([
    ['access_denied', 'LOGIN_DENIED'],
    ['invalid_scope', 'SCOPE_REJECTED'],
    ['invalid_target', 'SCOPE_REJECTED'],
    ['invalid_client', 'CLIENT_REJECTED'],
    ['unauthorized_client', 'CLIENT_REJECTED'],
    ['unsupported_response_type', 'CLIENT_REJECTED'],
    ['server_error', 'LOGIN_IDP_ERROR'],
    ['temporarily_unavailable', 'LOGIN_IDP_ERROR'],
    ['something_of_its_own', 'LOGIN_IDP_ERROR'],
    ['constructor', 'LOGIN_IDP_ERROR'],
  ])('%s is %s', (error, code) => {
    expect(codeOf(`error=${error}&state=s`)).toBe(code);
  });

  test('a hostile description is cleaned and cut, as text', () => {
    const description = `<script>alert(1)</script>\u202Eabc${'x'.repeat(10_000)}`;
    const result = read(`error=access_denied&error_description=${encodeURIComponent(description)}`);
    const text = result.ok ? '' : (result.failure.providerText ?? '');
    expect(text).toMatch(/^access_denied: <script>alert\(1\)<\/script>abcx+…$/);
    expect(Array.from(text)).toHaveLength(200);
  });

  test('a refused scope or audience is named', () => {
    expect(read('error=invalid_scope')).toEqual(
      failed(
        'SCOPE_REJECTED',
        { issuer, scope: 'openid offline_access', audience: 'https://registry.acme.example' },
        'invalid_scope',
      ),
    );
  });
});

test.each([
  ['no code', 'state=s'],
  ['an empty code', 'code=&state=s'],
  ['two codes', 'code=a&code=b'],
  ['a code and an error', 'code=a&error=access_denied'],
  ['two errors', 'error=access_denied&error=server_error'],
  ['response=', 'code=a&response=x'],
  ['id_token=', 'code=a&id_token=x'],
  ['access_token=', 'access_token=a'],
])('%s ends it as a bad response', (_name, query) => {
  expect(codeOf(query)).toBe('LOGIN_BAD_RESPONSE');
});

describe('iss (RFC 9207)', () => {
  test('right is fine, advertised or not; missing is fine where it was not promised', () => {
    expect(codeOf(`code=a&${iss}`, true)).toBe('ok');
    expect(codeOf(`code=a&${iss}`)).toBe('ok');
    expect(codeOf('code=a')).toBe('ok');
  });

  test.each([
    ['wrong', 'code=a&iss=https%3A%2F%2Fevil.example', false],
    ['without the slash', `code=a&iss=${encodeURIComponent(issuer.slice(0, -1))}`, false],
    ['empty', 'code=a&iss=', false],
    ['doubled', `code=a&${iss}&${iss}`, true],
    ['missing though promised', 'code=a', true],
    ['wrong with an error', 'error=access_denied&iss=https%3A%2F%2Fevil.example', false],
  ])('%s ends it', (_name, query, advertised) => {
    expect(codeOf(query, advertised)).toBe('LOGIN_ISS_MISMATCH');
  });
});

test('any query gives a code or a named failure, and never echoes the state', { timeout: 60_000 }, () => {
  const name = fc.constantFrom('code', 'error', 'error_description', 'iss', 'response', '__proto__');
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('access_denied', 'canary-state-1', 'the state canary-state-1 is unknown'),
  );
  assertHarmless(fc.array(fc.tuple(name, value), { maxLength: 6 }), (pairs) => {
    const query = new URLSearchParams([...pairs, ['state', 'canary-state-1']]).toString();
    const result = read(query, pairs.length % 2 === 0);
    if (result.ok) return undefined;
    expect(JSON.stringify(result)).not.toContain('canary-state-1');
    return result.failure.code;
  });
});
