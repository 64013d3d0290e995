import { expect, test } from 'vitest';
import { rejectionParams } from './rejection-params';
import { clientOf } from './testing/client';

const issuer = 'https://login.acme.example';

test('a refused scope is named with the audience, a refused client by its id, anything else by the issuer', () => {
  const client = clientOf(issuer, {
    scopes: ['openid', 'api.read'],
    audience: 'https://registry.acme.example',
  });
  expect(rejectionParams('SCOPE_REJECTED', client)).toEqual({
    issuer,
    scope: 'openid api.read',
    audience: 'https://registry.acme.example',
  });
  expect(rejectionParams('SCOPE_REJECTED', clientOf(issuer))).not.toHaveProperty('audience');
  expect(rejectionParams('CLIENT_REJECTED', client)).toEqual({ issuer, name: 'gatepass' });
  expect(rejectionParams('SESSION_ENDED', client)).toEqual({ issuer });
});
