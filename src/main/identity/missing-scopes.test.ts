import { expect, test } from 'vitest';
import { missingScopes } from './missing-scopes';

test.each<[string, string[], string | undefined, string[]]>([
  ['no list means all of them', ['openid', 'api.write'], undefined, []],
  ['what is listed is granted', ['api.read', 'api.write'], 'api.write api.read', []],
  ['what is not listed is missing', ['api.read', 'api.write'], 'api.read', ['api.write']],
  ['an empty list grants nothing', ['api.read'], '', ['api.read']],
  [
    'scopes that steer the protocol are often not listed',
    ['openid', 'offline_access', 'profile', 'email'],
    'x',
    [],
  ],
  ['a set of others is never listed', ['api://acme/.default'], 'api://acme/read', []],
  ['a name within another is another', ['api.read'], 'api.readonly', ['api.read']],
])('%s', (_what, configured, granted, missing) => {
  expect(missingScopes(configured, granted)).toEqual(missing);
});
