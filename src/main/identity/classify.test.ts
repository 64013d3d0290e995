import { expect, test } from 'vitest';
import { NetworkError } from '../base/net';
import { classify, isAboutIssuer } from './classify';

const coded = (code: string, cause?: unknown) => Object.assign(new Error('x', { cause }), { code });

test.each([
  [new NetworkError('dns', 'login.acme.example', false), 'NET_DNS'],
  [new NetworkError('too-large', 'login.acme.example', true), 'TOKEN_BAD_RESPONSE'],
  [new NetworkError('forbidden-address', 'login.acme.example', false), 'DISC_PRIVATE_ENDPOINT'],
  [coded('OAUTH_RESPONSE_IS_NOT_CONFORM'), 'TOKEN_BAD_RESPONSE'],
  [coded('OAUTH_RESPONSE_IS_NOT_JSON'), 'TOKEN_BAD_RESPONSE'],
  [coded('OAUTH_RESPONSE_BODY_ERROR'), 'TOKEN_BAD_RESPONSE'],
  [coded('OAUTH_WWW_AUTHENTICATE_CHALLENGE'), 'TOKEN_BAD_RESPONSE'],
  [coded('OAUTH_JWT_CLAIM_COMPARISON_FAILED'), 'ID_TOKEN_INVALID'],
  [coded('OAUTH_KEY_SELECTION_FAILED'), 'ID_TOKEN_INVALID'],
  [coded('EIO'), 'INTERNAL_ERROR'],
  [new TypeError('fetch failed'), 'INTERNAL_ERROR'],
  ['a text', 'INTERNAL_ERROR'],
  [null, 'INTERNAL_ERROR'],
])('%s is %s', (thrown, code) => {
  expect(classify(thrown).code).toBe(code);
});

test('the claim at fault is read from where the library leaves it', () => {
  const about = (claim: string) => coded('OAUTH_X', coded('OAUTH_X', { claim, claims: {} }));
  expect(isAboutIssuer(about('iss'))).toBe(true);
  expect(isAboutIssuer(about('aud'))).toBe(false);
  expect(isAboutIssuer(coded('OAUTH_X'))).toBe(false);
});
