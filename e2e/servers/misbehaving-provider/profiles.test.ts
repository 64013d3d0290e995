import { afterEach, expect, test } from 'vitest';
import { rawClient } from '../code-flow';
import { createCookieJar } from '../browser';
import { profiles, startMisbehavingProvider } from './index';
import type { MisbehavingProvider, ProfileName } from './index';

let provider: MisbehavingProvider;
const start = async (name: ProfileName, behaviour = {}) =>
  (provider = await startMisbehavingProvider({ profile: profiles[name], behaviour }));
afterEach(() => provider.close());

const localhost = 'http://localhost:8666/callback';
const plain = { scope: 'openid email' };

test.each([
  ['okta', {}],
  ['oktaOrg', {}],
  ['entra', { redirectUri: localhost }],
  ['auth0', {}],
  ['keycloak', {}],
  ['ping', {}],
  ['cognito', { redirectUri: localhost, ...plain }],
  ['dex', {}],
  ['authentik', { extra: { prompt: 'consent' } }],
  ['zitadel', {}],
  ['glewlwyd', {}],
] as const)(
  '%s: a sign-in that respects its ways gives a refresh token that works',
  async (name, options) => {
    await start(name);
    const client = rawClient(provider.issuer, options);
    const metadata = await client.discover();
    expect(metadata.issuer).toBe(provider.issuer);
    const { status, body } = await client.signIn();
    expect(status).toBe(200);
    expect((await client.refresh(body['refresh_token'])).status).toBe(200);
  },
);

test.each(['okta', 'entra', 'cognito'] as const)(
  '%s: another callback address is refused on a page of its own; the app hears nothing',
  async (name) => {
    await start(name);
    const client = rawClient(provider.issuer, { redirectUri: 'http://127.0.0.1:1234/callback', ...plain });
    await expect(client.authorize()).rejects.toThrow(/400/);
  },
);

test.each(['entra', 'cognito'] as const)('%s does not say that it supports PKCE', async (name) => {
  await start(name);
  expect(await rawClient(provider.issuer).discover()).not.toHaveProperty('code_challenge_methods_supported');
});

test.each(['cognito', 'dex', 'google', 'okta'] as const)('%s: an unknown scope is an error', async (name) => {
  await start(name);
  const redirectUri = name === 'cognito' ? localhost : 'http://127.0.0.1:8666/callback';
  const client = rawClient(provider.issuer, { scope: 'openid unheard_of', redirectUri });
  expect((await client.authorize()).callback.searchParams.get('error')).toBe('invalid_scope');
});

test('cognito: endpoints are on another host than the issuer', async () => {
  await start('cognito');
  const { token_endpoint } = await rawClient(provider.issuer).discover();
  expect(new URL(token_endpoint).hostname).not.toBe(new URL(provider.issuer).hostname);
});

test('entra: old refresh tokens stay valid, nothing can be revoked, the scope omits offline_access', async () => {
  await start('entra');
  const client = rawClient(provider.issuer, { redirectUri: localhost });
  expect(await client.discover()).not.toHaveProperty('revocation_endpoint');
  const { body } = await client.signIn();
  expect(body['scope']).toBe('openid');
  await client.refresh(body['refresh_token']);
  expect((await client.refresh(body['refresh_token'])).status).toBe(200);
});

test('auth0: the issuer ends with a slash, and the access token is opaque without an audience', async () => {
  await start('auth0');
  expect(provider.issuer).toMatch(/\/$/);
  expect((await rawClient(provider.issuer).signIn()).body['access_token']).toMatch(/^canary-access-/);
  const withAudience = rawClient(provider.issuer, { extra: { audience: 'api://mcp' } });
  expect((await withAudience.signIn()).body['access_token']).toMatch(/^ey/);
});

test('keycloak: revoking one refresh token ends all of that user and client', async () => {
  await start('keycloak');
  const client = rawClient(provider.issuer, { cookies: createCookieJar() });
  const [one, two] = [await client.signIn(), await client.signIn()];
  await client.revoke(one.body['refresh_token']);
  expect((await client.refresh(two.body['refresh_token'])).status).toBe(400);
});

test('google: a public client is asked for its secret', async () => {
  await start('google');
  const { status, body } = await rawClient(provider.issuer, plain).signIn();
  expect([status, body['error_description']]).toEqual([400, 'client_secret is missing.']);
});

test('authentik: without consent there is no refresh token; zitadel: nor where it is not enabled', async () => {
  await start('authentik');
  expect((await rawClient(provider.issuer).signIn()).body).not.toHaveProperty('refresh_token');
  await provider.close();
  await start('zitadelWithoutRefreshTokens');
  expect((await rawClient(provider.issuer).signIn()).body).not.toHaveProperty('refresh_token');
});

test('glewlwyd: a dead refresh token is 400 and empty, and a public client may not revoke', async () => {
  await start('glewlwyd');
  const client = rawClient(provider.issuer);
  const dead = await client.refresh('dead');
  expect([dead.status, dead.http.body]).toEqual([400, '']);
  expect((await client.revoke('anything')).status).toBe(401);
});

test('github: there is no metadata', async () => {
  await start('github');
  await expect(rawClient(provider.issuer).discover()).rejects.toThrow(SyntaxError);
});
