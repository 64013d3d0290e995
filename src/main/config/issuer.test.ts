import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertHarmless } from '../base/testing/assert-harmless';
import { issuerFault, issuerWarnings } from './issuer';
import { defaultCallbackHost } from './known-provider';

test.each([
  'https://login.acme.example/realms/main',
  'https://tenant.eu.auth0.com/',
  'https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0',
  'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf',
  'https://acme.okta.com/oauth2/default',
  'https://10.0.0.5:8443/realms/main',
  'http://localhost:8080/realms/toolhive',
  'http://127.0.0.1:9000',
  'http://[::1]:9000',
  'https://commonwealth.example/common',
])('%s may be an issuer', (issuer) => {
  expect(issuerFault(issuer)).toBeUndefined();
});

test.each([
  ['http://login.acme.example', 'CFG_ISSUER_NOT_HTTPS'],
  ['http://10.0.0.5', 'CFG_ISSUER_NOT_HTTPS'],
  ['ftp://login.acme.example', 'CFG_ISSUER_NOT_HTTPS'],
  ['javascript://login.acme.example/%0aalert(1)', 'CFG_ISSUER_NOT_HTTPS'],
  ['https://alice:hunter2@login.acme.example', 'CFG_ISSUER_USERINFO'],
  ['https://hunter2@login.acme.example/.well-known/openid-configuration', 'CFG_ISSUER_USERINFO'],
  ['https://login.acme.example?tenant=hunter2', 'CFG_ISSUER_INVALID'],
  ['https://login.acme.example/#hunter2', 'CFG_ISSUER_INVALID'],
  ['https://login.acme.example/?', 'CFG_ISSUER_INVALID'],
  ['https://login.acme.example/a b', 'CFG_ISSUER_INVALID'],
  ['https://login.acme.example\\@evil.example', 'CFG_ISSUER_USERINFO'],
  ['https://login.acme.example\\.evil.example', 'CFG_ISSUER_INVALID'],
  ['login.acme.example', 'CFG_ISSUER_INVALID'],
  ['', 'CFG_ISSUER_INVALID'],
  ['https://169.254.169.254', 'CFG_ISSUER_INVALID'],
  ['https://[fe80::1]/realms/main', 'CFG_ISSUER_INVALID'],
  ['https://accounts.google.com', 'CFG_ISSUER_UNSUPPORTED'],
  ['https://github.com', 'CFG_ISSUER_UNSUPPORTED'],
  ['https://token.actions.githubusercontent.com', 'CFG_ISSUER_UNSUPPORTED'],
  ['https://login.microsoftonline.com/common/v2.0', 'CFG_ISSUER_UNSUPPORTED'],
  ['https://login.microsoftonline.com/organizations/v2.0', 'CFG_ISSUER_UNSUPPORTED'],
  ['https://LOGIN.microsoftonline.com/Common', 'CFG_ISSUER_UNSUPPORTED'],
] as const)('%s may not', (issuer, code) => {
  const fault = issuerFault(issuer);
  expect(fault?.code).toBe(code);
  expect(JSON.stringify(fault)).not.toContain('hunter2');
});

test.each([
  [
    'https://login.acme.example/realms/main/.well-known/openid-configuration',
    'https://login.acme.example/realms/main',
  ],
  ['https://login.acme.example/.well-known/openid-configuration', 'https://login.acme.example'],
  [
    'https://login.acme.example/.well-known/oauth-authorization-server/realms/main',
    'https://login.acme.example/realms/main',
  ],
  ['https://login.acme.example/.well-known/openid-configuration?key=hunter2', 'https://login.acme.example'],
])('for the metadata address %s the issuer is proposed', (address, issuer) => {
  expect(issuerFault(address)).toEqual({ code: 'CFG_ISSUER_IS_METADATA_URL', params: { issuer } });
});

test('an issuer that could not be used is not proposed', () => {
  expect(issuerFault('http://login.acme.example/.well-known/openid-configuration')).toEqual({
    code: 'CFG_ISSUER_IS_METADATA_URL',
    params: {},
  });
});

test('an Okta organization server may be used, with a warning', () => {
  expect(issuerFault('https://acme.okta.com')).toBeUndefined();
  expect(issuerWarnings('https://acme.okta.com').map(({ code }) => code)).toEqual(['CFG_ISSUER_ORG_SERVER']);
  expect(issuerWarnings('https://acme.okta.com/oauth2/default')).toEqual([]);
});

test.each([
  ['https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0', 'localhost'],
  ['https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf', 'localhost'],
  ['https://cognito-idp.evil.example/amazonaws.com', '127.0.0.1'],
  ['https://login.acme.example', '127.0.0.1'],
])('the browser returns from %s to %s by default', (issuer, host) => {
  expect(defaultCallbackHost(issuer)).toBe(host);
});

test('whatever an issuer is, it is judged with a code, and no password is repeated', () => {
  const withPassword = fc
    .tuple(fc.constantFrom('https', 'http', 'ftp', 'HTTPS'), fc.string(), fc.webPath())
    .map(([scheme, host, path]) => `${scheme}://user:hunter2@${host}${path}`);
  assertHarmless(fc.oneof(withPassword, fc.string({ unit: 'binary' }), fc.webUrl()), (issuer) => {
    const fault = issuerFault(issuer);
    expect(JSON.stringify(fault ?? '')).not.toContain('hunter2');
    return fault?.code;
  });
});
