import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { rawClient } from '../code-flow';
import { send } from '../http-client';
import { createCookieJar, personNamed, startIdentityProvider, usualAudience } from './index';
import type { IdentityProvider, IdentityProviderOptions } from './index';

let provider: IdentityProvider;
const start = async (options: Partial<IdentityProviderOptions> = {}) =>
  (provider = await startIdentityProvider({ name: 'Acme', ...options }));
afterEach(() => provider.close());

const verified = async (jwt: unknown, audience: string) => {
  const { jwks_uri } = await rawClient(provider.issuer).discover();
  return jwtVerify(String(jwt), createRemoteJWKSet(new URL(jwks_uri)), { issuer: provider.issuer, audience });
};

test('a code flow with PKCE gives a signed ID token with the nonce, an access token and a refresh token', async () => {
  await start();
  const client = rawClient(provider.issuer, { user: 'Bob' });
  const { callback, verifier, nonce, state } = await client.authorize();
  expect(callback.searchParams.get('state')).toBe(state);
  expect(callback.searchParams.get('iss')).toBe(provider.issuer);

  const { status, body } = await client.exchange(callback.searchParams.get('code'), verifier);
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'openid offline_access' });
  const id = await verified(body['id_token'], 'gatepass');
  expect(id.protectedHeader.alg).toBe('RS256');
  expect(id.payload).toMatchObject({ nonce, ...personNamed('bob'), email: 'bob@acme.example' });
  const access = await verified(body['access_token'], usualAudience);
  expect(access.payload).toMatchObject({ sub: personNamed('bob').sub, email: 'bob@acme.example' });
  expect(body['refresh_token']).toMatch(/^canary-refresh-/);
});

test('the wrong verifier is refused, and so is a request without PKCE', async () => {
  await start();
  const client = rawClient(provider.issuer);
  const { callback } = await client.authorize();
  const answer = await client.exchange(callback.searchParams.get('code'), 'x'.repeat(43));
  expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });

  const bare = rawClient(provider.issuer, { extra: { code_challenge: '', code_challenge_method: '' } });
  expect((await bare.authorize()).callback.searchParams.get('error')).toBe('invalid_request');
});

test('pressing Cancel sends access_denied to the callback', async () => {
  await start();
  const { callback, state } = await rawClient(provider.issuer, { deny: true }).authorize();
  expect(Object.fromEntries(callback.searchParams)).toMatchObject({ error: 'access_denied', state });
});

test('a loopback callback may be on any port, but not on another path', async () => {
  await start();
  const { callback } = await rawClient(provider.issuer, {
    redirectUri: 'http://localhost:51234/callback',
  }).authorize();
  expect(callback.origin).toBe('http://localhost:51234');
  await expect(
    rawClient(provider.issuer, { redirectUri: 'http://127.0.0.1:8666/elsewhere' }).authorize(),
  ).rejects.toThrow(/redirect_uri/);
});

test('a browser that is signed in continues with one click, without naming the user', async () => {
  await start();
  const cookies = createCookieJar();
  await rawClient(provider.issuer, { user: 'carol', cookies }).signIn();
  const { body } = await rawClient(provider.issuer, { cookies }).signIn();
  const { payload } = await verified(body['id_token'], 'gatepass');
  expect(payload.sub).toBe(personNamed('carol').sub);
});

test('prompt=select_account shows the sign-in page to a browser that is signed in', async () => {
  await start();
  const cookies = createCookieJar();
  await rawClient(provider.issuer, { user: 'carol', cookies }).signIn();
  const again = rawClient(provider.issuer, { user: 'dave', cookies, extra: { prompt: 'select_account' } });
  const { payload } = await verified((await again.signIn()).body['id_token'], 'gatepass');
  expect(payload.sub).toBe(personNamed('dave').sub);
});

test('an audience is chosen by audience or by resource; an unknown one is invalid_target', async () => {
  const audiences = [usualAudience, 'https://other.example/api', 'plain-name'];
  await start({ audiences });
  const tokenFor = async (extra: Record<string, string>) =>
    (await rawClient(provider.issuer, { extra }).signIn()).body['access_token'];
  await verified(await tokenFor({ audience: 'plain-name' }), 'plain-name');
  await verified(await tokenFor({ resource: 'https://other.example/api' }), 'https://other.example/api');
  const { callback } = await rawClient(provider.issuer, { extra: { audience: 'nobody' } }).authorize();
  expect(callback.searchParams.get('error')).toBe('invalid_target');
});

test('an issuer can have a path and a trailing slash, and sign with ES256', async () => {
  await start({ path: '/application/o/main/', hostName: 'localhost', signingAlgorithm: 'ES256' });
  expect(provider.issuer).toMatch(/^http:\/\/localhost:\d+\/application\/o\/main\/$/);
  const client = rawClient(provider.issuer);
  expect(await client.discover()).toMatchObject({
    issuer: provider.issuer,
    token_endpoint: `${provider.issuer}token`,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  });
  const { body } = await client.signIn();
  expect((await verified(body['id_token'], 'gatepass')).protectedHeader.alg).toBe('ES256');
  const { origin } = new URL(provider.issuer);
  const wellKnown = `${origin}/.well-known/oauth-authorization-server/application/o/main`;
  expect(JSON.parse((await send({ url: wellKnown })).body)).toMatchObject({ issuer: provider.issuer });
  expect((await send({ url: `${origin}/.well-known/openid-configuration` })).status).toBe(404);
});

test('a provider may insist on prompt=consent before it gives a refresh token', async () => {
  await start({ offlineAccessNeedsConsent: true });
  expect((await rawClient(provider.issuer).signIn()).body).not.toHaveProperty('refresh_token');
  const consenting = rawClient(provider.issuer, { extra: { prompt: 'consent' } });
  expect((await consenting.signIn()).body).toHaveProperty('refresh_token');
});

test('without an API the access token is opaque and opens the userinfo endpoint', async () => {
  await start({ audiences: [] });
  const client = rawClient(provider.issuer, { user: 'bob' });
  const { body } = await client.signIn();
  const { userinfo_endpoint = '' } = await client.discover();
  const answer = await send({
    url: userinfo_endpoint,
    headers: { authorization: `Bearer ${String(body['access_token'])}` },
  });
  expect(JSON.parse(answer.body)).toEqual(personNamed('bob'));
});

test('counters, requests and issued secrets are on the handle', async () => {
  await start();
  const { body } = await rawClient(provider.issuer).signIn();
  expect(provider.counts).toMatchObject({
    authorize: 1,
    token: { authorization_code: 1, refresh_token: 0 },
    discovery: 2,
    revocation: 0,
  });
  const exchange = provider.requests.find(({ path }) => path === '/token');
  expect(exchange).toMatchObject({ method: 'POST', status: 200, params: { client_id: 'gatepass' } });
  expect(provider.issued.map(({ kind }) => kind)).toEqual([
    'code',
    'access_token',
    'refresh_token',
    'id_token',
  ]);
  expect(provider.issued.map(({ value }) => value)).toContain(body['refresh_token']);
});
