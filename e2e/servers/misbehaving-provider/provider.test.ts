import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { reset } from '../answers';
import { rawClient } from '../code-flow';
import { startIdentityProvider } from '../identity-provider';
import { startRegistry } from '../registry';
import { send } from '../http-client';
import {
  acceptableIdTokens,
  forbiddenIdTokens,
  forwardBrowserTo,
  oddLifetimes,
  startMisbehavingProvider,
  uselessRefreshTokens,
} from './index';
import type { MisbehavingProvider, MisbehavingProviderOptions } from './index';

let provider: MisbehavingProvider;
const start = async (options: MisbehavingProviderOptions = {}) =>
  (provider = await startMisbehavingProvider(options));
afterEach(() => provider.close());

const verified = (idToken: unknown) =>
  jwtVerify(String(idToken), createRemoteJWKSet(new URL(String(provider.metadata()['jwks_uri']))), {
    issuer: provider.issuer,
    audience: 'gatepass',
    algorithms: ['ES256'],
    requiredClaims: ['sub', 'iat', 'exp', 'nonce'],
  });
const refused = { status: 400, body: { error: 'invalid_grant' } };

test('left alone it is a correct provider, whose tokens a registry accepts', async () => {
  await start();
  const client = rawClient(provider.issuer);
  const { callback, verifier, nonce, state } = await client.authorize();
  expect(Object.fromEntries(callback.searchParams)).toMatchObject({ state, iss: provider.issuer });
  const { status, body } = await client.exchange(callback.searchParams.get('code'), verifier);
  expect(status).toBe(200);
  expect((await verified(body['id_token'])).payload).toMatchObject({ nonce, email: 'alice@acme.example' });

  const registry = await startRegistry({ name: 'Acme', issuer: provider.issuer });
  const headers = { authorization: `Bearer ${String(body['access_token'])}` };
  expect((await send({ url: `${registry.url}/v0.1/servers`, headers })).status).toBe(200);
  await registry.close();
  expect(provider.issued.map(({ value }) => value)).toEqual(
    expect.arrayContaining([body['access_token'], body['refresh_token'], body['id_token']]),
  );
});

test('a code works once, for its verifier and redirect address; a second use ends its tokens', async () => {
  await start();
  const client = rawClient(provider.issuer);
  const other = rawClient(provider.issuer, { redirectUri: 'http://127.0.0.1:1/callback' });
  const { callback, verifier } = await client.authorize();
  const code = callback.searchParams.get('code');
  const { body } = await client.exchange(code, verifier);
  expect(await client.exchange(code, verifier)).toMatchObject(refused);
  expect(await client.refresh(body['refresh_token'])).toMatchObject(refused);

  const second = await client.authorize();
  expect(await other.exchange(second.callback.searchParams.get('code'), second.verifier)).toMatchObject(
    refused,
  );
  const third = await client.authorize();
  expect(await client.exchange(third.callback.searchParams.get('code'), verifier)).toMatchObject(refused);
});

test.each([
  ['strict', { second: 400, sameToken: false, firstStillValid: false }],
  ['grace', { second: 200, sameToken: false, firstStillValid: true }],
  ['additive', { second: 200, sameToken: false, firstStillValid: true }],
  ['none', { second: 200, sameToken: true, firstStillValid: true }],
] as const)('rotation %s: its own record says what is valid', async (rotation, expected) => {
  await start({ profile: { rotation } });
  const client = rawClient(provider.issuer);
  const first = String((await client.signIn()).body['refresh_token']);
  const next = String((await client.refresh(first)).body['refresh_token']);
  expect(provider.grants.isValid(first)).toBe(expected.firstStillValid);
  expect(provider.grants.isValid(next)).toBe(true);
  expect(next === first).toBe(expected.sameToken);
  expect((await client.refresh(first)).status).toBe(expected.second);
  expect(provider.timesPresented(first)).toBe(2);
  if (rotation === 'strict') expect(provider.grants.validRefreshTokens).toEqual([]);
});

test('the grace of a used refresh token ends', async () => {
  let time = 0;
  await start({ profile: { rotation: 'grace', graceMs: 3000 }, now: () => time });
  const client = rawClient(provider.issuer);
  const first = (await client.signIn()).body['refresh_token'];
  await client.refresh(first);
  time = 2999;
  expect((await client.refresh(first)).status).toBe(200);
  time = 3000;
  expect(await client.refresh(first)).toMatchObject(refused);
});

test('rotation silent: the answer has no refresh token, and the old one stays', async () => {
  await start({ profile: { rotation: 'silent' } });
  const client = rawClient(provider.issuer);
  const first = (await client.signIn()).body['refresh_token'];
  expect((await client.refresh(first)).body).not.toHaveProperty('refresh_token');
  expect((await client.refresh(first)).status).toBe(200);
});

test('it can use a refresh token and then break the connection', async () => {
  await start();
  const client = rawClient(provider.issuer);
  const first = String((await client.signIn()).body['refresh_token']);
  provider.token.answerOnce(provider.afterCommit(() => reset));
  await expect(client.refresh(first)).rejects.toThrow();
  expect(provider.grants.isValid(first)).toBe(false);
  expect(provider.grants.validRefreshTokens).toHaveLength(1);
  expect(await client.refresh(first)).toMatchObject(refused);
});

/** Signs in and checks the ID token as a careful client does. */
async function carefulSignIn(): Promise<void> {
  const client = rawClient(provider.issuer);
  const { callback, verifier, nonce } = await client.authorize();
  const { body } = await client.exchange(callback.searchParams.get('code'), verifier);
  const { payload } = await verified(body['id_token']);
  if (payload['nonce'] !== nonce) throw new Error('nonce');
  if (Array.isArray(payload.aud) && payload['azp'] !== 'gatepass') throw new Error('azp');
}

test.each(forbiddenIdTokens)('ID token, %s: a careful check refuses it', async (variation) => {
  await start({ behaviour: { idToken: variation } });
  await expect(carefulSignIn()).rejects.toThrow();
});

test.each(acceptableIdTokens)('ID token, %s: a careful check accepts it', async (variation) => {
  await start({ behaviour: { idToken: variation } });
  await carefulSignIn();
});

test('without a variation the same check finds nothing wrong', async () => {
  await start();
  await carefulSignIn();
});

test.each(oddLifetimes)('expires_in can be %s', async (_name, expiresIn) => {
  await start({ behaviour: { tokenResponse: { expires_in: expiresIn } } });
  const { body } = await rawClient(provider.issuer).signIn();
  expect(body['expires_in']).toEqual(expiresIn);
});

test.each(uselessRefreshTokens)('the refresh token in an answer can be %s', async (_name, refreshToken) => {
  await start({ profile: { rotation: 'silent' } });
  const client = rawClient(provider.issuer);
  const { body } = await client.signIn();
  provider.behaviour.tokenResponse = { refresh_token: refreshToken };
  expect((await client.refresh(body['refresh_token'])).body['refresh_token']).toEqual(refreshToken);
  expect(provider.grants.isValid(String(body['refresh_token']))).toBe(true);
});

test('claims, callback parameters, metadata and token answers can be changed member by member', async () => {
  await start({
    behaviour: {
      idTokenClaims: { tid: 'tenant-1' },
      callback: { iss: ['https://a.example', 'https://b.example'], code: undefined },
      metadata: { jwks_uri: undefined, extra: 1 },
      tokenResponse: { token_type: 'DPoP', expires_in: undefined },
    },
  });
  const client = rawClient(provider.issuer);
  expect(await client.discover()).not.toHaveProperty('jwks_uri');
  expect(await client.discover()).toMatchObject({ extra: 1 });
  const { callback } = await client.authorize();
  expect(callback.searchParams.getAll('iss')).toEqual(['https://a.example', 'https://b.example']);
  expect(callback.searchParams.has('code')).toBe(false);
  provider.behaviour.callback = {};
  const { body } = await client.signIn();
  expect(body['token_type']).toBe('DPoP');
  expect(body).not.toHaveProperty('expires_in');
  expect(decodeJwt(String(body['id_token']))).toMatchObject({ tid: 'tenant-1' });
});

test('its clock can be ahead, in the Date header and in its tokens', async () => {
  await start({ behaviour: { clockAheadMs: 86_400_000 } });
  const { body, http } = await rawClient(provider.issuer).signIn();
  const aheadBy = Date.parse(http.headers.date ?? '') - Date.now();
  expect(aheadBy).toBeGreaterThan(86_390_000);
  expect(Number(decodeJwt(String(body['id_token'])).iat) * 1000 - Date.now()).toBeGreaterThan(86_390_000);
});

test('its key can change, lose its kid, and stand behind one that makes no sense', async () => {
  await start({ behaviour: { jwksBefore: [{ kty: 'XYZ', kid: 'odd' }] } });
  const client = rawClient(provider.issuer);
  const before = (await client.signIn()).body['id_token'];
  await provider.rotateSigningKey();
  const after = (await client.signIn()).body['id_token'];
  expect(decodeProtectedHeader(String(after)).kid).not.toBe(decodeProtectedHeader(String(before)).kid);
  await expect(verified(before)).rejects.toThrow();
  await verified(after);
  provider.behaviour.jwksWithKid = false;
  const keys = JSON.parse((await send({ url: (await client.discover()).jwks_uri })).body) as {
    keys: object[];
  };
  expect(keys.keys).toHaveLength(2);
  expect(keys.keys[1]).not.toHaveProperty('kid');
});

test('it can forward the browser to another provider, which then sends a code for it', async () => {
  await start();
  const honest = await startIdentityProvider({ name: 'Acme', signingAlgorithm: 'ES256' });
  const { authorization_endpoint } = await rawClient(honest.issuer).discover();
  provider.authorize.answerWith(forwardBrowserTo(authorization_endpoint, { client_id: 'gatepass' }));
  const { callback, state } = await rawClient(provider.issuer, { clientId: 'mine' }).authorize();
  expect(callback.searchParams.get('state')).toBe(state);
  expect(callback.searchParams.get('iss')).toBe(honest.issuer);
  expect(honest.issued.map(({ value }) => value)).toContain(callback.searchParams.get('code'));
  await honest.close();
});
