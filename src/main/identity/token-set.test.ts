import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { clientOf } from './testing/client';
import { tokenSet } from './token-set';

const client = clientOf('https://login.acme.example', { scopes: ['openid', 'api.read', 'api.write'] });
const answer = {
  kind: 'tokens',
  fields: { access_token: 'at', token_type: 'Bearer' },
  expiresInSeconds: 60,
} as const;

test('holds what came, and nothing that did not', () => {
  const tokens = tokenSet(answer, undefined, client, 0);
  expect(Object.keys(tokens).toSorted()).toEqual(['accessToken', 'expiresInSeconds', 'missingScopes']);
  expect(tokens.accessToken.reveal()).toBe('at');
});

test('names the scopes that were left out', () => {
  const fields = { ...answer.fields, scope: 'openid api.read' };
  expect(tokenSet({ ...answer, fields }, undefined, client, 0)).toMatchObject({
    grantedScope: 'openid api.read',
    missingScopes: ['api.write'],
  });
});

test('tokens print as nothing, though they are there', () => {
  const identity = { issuer: client.issuer, subject: 's' };
  const tokens = tokenSet({ ...answer, refreshToken: new Secret('rt-secret') }, identity, client, 0);
  expect([tokens.refreshToken?.reveal(), tokens.identity]).toEqual(['rt-secret', identity]);
  expect(JSON.stringify(tokens)).not.toMatch(/rt-secret|"at"/);
});

test.each([
  [299, undefined],
  [300, 300],
  [-300, -300],
  [-299, undefined],
])('a clock that differs by %d s is told as %s', (skew, told) => {
  expect(tokenSet(answer, undefined, client, skew).clockSkewSeconds).toBe(told);
});
