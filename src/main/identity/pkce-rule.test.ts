import { expect, test } from 'vitest';
import { supportsS256 } from './pkce-rule';

const required = (issuer: string) => ({ issuer, pkce: 'required' as const });

test.each([
  'https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/v2.0',
  'https://login.microsoftonline.us/tenant/v2.0',
  'https://acme.b2clogin.com/acme.onmicrosoft.com/v2.0/',
  'https://acme.ciamlogin.com/tenant/v2.0',
  'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_EXAMPLE',
])('%s supports S256 without saying so', (issuer) => {
  expect(supportsS256(undefined, required(issuer))).toBe(true);
});

test.each([
  'https://login.microsoftonline.com.evil.example/v2.0',
  'https://evilb2clogin.com/',
  'https://cognito-idp.eu-central-1.amazonaws.com.evil.example/',
  'https://login.acme.example',
])('%s is not believed', (issuer) => {
  expect(supportsS256(undefined, required(issuer))).toBe(false);
});
