import { describe, expect, test } from 'vitest';
import {
  defaultCallbackHost,
  isEntraTemplate,
  isOktaOrganizationServer,
  knownProvider,
} from './known-provider';

describe('the provider behind an issuer', () => {
  test.each([
    ['https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0', 'entra'],
    ['https://login.microsoftonline.us/common', 'entra'],
    ['https://acme.ciamlogin.com/acme', 'entra'],
    ['https://acme.b2clogin.com/acme.onmicrosoft.com/v2.0', 'entra'],
    ['https://sts.windows.net/00000000-0000-0000-0000-000000000000/', 'entra'],
    ['https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc', 'cognito'],
    ['https://cognito-idp.cn-north-1.amazonaws.com.cn/pool', 'cognito'],
    ['https://acme.okta.com', 'okta'],
    ['https://acme.oktapreview.com/oauth2/default', 'okta'],
    ['https://accounts.google.com', 'google'],
    ['https://github.com/login/oauth', 'github'],
    ['https://acme.ghe.com', 'github'],
    ['https://LOGIN.MicrosoftOnline.com./common', 'entra'],
  ])('of %s is %s', (issuer, provider) => {
    expect(knownProvider(issuer)).toBe(provider);
  });

  test.each([
    'https://login.acme.example',
    'https://login.microsoftonline.com.evil.example',
    'https://okta.com.evil.example',
    'https://notokta.com',
    'https://okta.com',
    'https://accounts.google.com.evil.example',
    'https://notgithub.com',
    'not an address',
  ])('of %s is none of those known', (issuer) => {
    expect(knownProvider(issuer)).toBeUndefined();
  });
});

test.each([
  ['https://login.microsoftonline.com/common', 'localhost'],
  ['https://cognito-idp.us-east-1.amazonaws.com/pool', 'localhost'],
  ['https://acme.okta.com/oauth2/default', '127.0.0.1'],
  ['https://login.acme.example', '127.0.0.1'],
])('the browser comes back from %s to %s', (issuer, host) => {
  expect(defaultCallbackHost(issuer)).toBe(host);
});

test.each([
  ['https://acme.okta.com', true],
  ['https://acme.okta.com/', true],
  ['https://acme.okta.com/oauth2/default', false],
  ['https://login.acme.example', false],
])('%s is an organization server of Okta: %s', (issuer, isOrganizationServer) => {
  expect(isOktaOrganizationServer(issuer)).toBe(isOrganizationServer);
});

test.each([
  ['https://login.microsoftonline.com/common/v2.0', true],
  ['https://login.microsoftonline.com/Organizations/v2.0', true],
  ['https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0', false],
  ['https://login.acme.example/common/v2.0', false],
])('%s is a template that no tenant answers for: %s', (issuer, isTemplate) => {
  expect(isEntraTemplate(issuer)).toBe(isTemplate);
});
