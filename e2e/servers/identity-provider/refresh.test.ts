import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { rawClient } from '../code-flow';
import { createCookieJar, startIdentityProvider } from './index';
import type { IdentityProvider, IdentityProviderOptions } from './index';

let provider: IdentityProvider;
const start = async (options: Partial<IdentityProviderOptions> = {}) =>
  (provider = await startIdentityProvider({ name: 'Acme', signingAlgorithm: 'ES256', ...options }));
afterEach(() => provider.close());

const refused = { status: 400, body: { error: 'invalid_grant' } };

test('strict: every use replaces the token, and using an old one ends the grant', async () => {
  await start({ rotation: 'strict' });
  const client = rawClient(provider.issuer);
  const first = (await client.signIn()).body['refresh_token'];
  const second = (await client.refresh(first)).body['refresh_token'];
  const third = (await client.refresh(second)).body['refresh_token'];
  expect(new Set([first, second, third]).size).toBe(3);

  expect(await client.refresh(first)).toMatchObject(refused);
  expect(await client.refresh(third)).toMatchObject(refused);
  expect(provider.timesPresented(String(first))).toBe(2);
});

test('grace: a used token still works for a while, and is refused after it', async () => {
  let time = Date.now();
  await start({ rotation: 'grace', now: () => time });
  const client = rawClient(provider.issuer);
  const first = (await client.signIn()).body['refresh_token'];
  const second = await client.refresh(first);
  time += 29_000;
  const again = await client.refresh(first);
  expect([second.status, again.status]).toEqual([200, 200]);
  expect(second.body['refresh_token']).not.toBe(again.body['refresh_token']);

  time += 31_000;
  expect(await client.refresh(first)).toMatchObject(refused);
});

test('none: the token stays the same', async () => {
  await start({ rotation: 'none' });
  const client = rawClient(provider.issuer);
  const first = (await client.signIn()).body['refresh_token'];
  const answers = [await client.refresh(first), await client.refresh(first)];
  expect(answers.map(({ body }) => body['refresh_token'])).toEqual([first, first]);
});

test('token requests that run at one time are counted, and those that follow one another are not', async () => {
  await start({ rotation: 'none' });
  const client = rawClient(provider.issuer);
  const token = (await client.signIn()).body['refresh_token'];
  await client.refresh(token);
  await client.refresh(token);
  expect(provider.mostTokenRequestsAtOnce).toBe(1);
  await Promise.all(Array.from({ length: 10 }, () => client.refresh(token)));
  expect(provider.mostTokenRequestsAtOnce).toBeGreaterThan(1);
});

test('revoking at the provider ends one person, or everyone', async () => {
  await start();
  const [alice, bob] = [
    rawClient(provider.issuer, { user: 'alice' }),
    rawClient(provider.issuer, { user: 'bob' }),
  ];
  const aliceToken = (await alice.signIn()).body['refresh_token'];
  const bobToken = (await bob.signIn()).body['refresh_token'];
  provider.revokeAllFor('alice');
  expect(await alice.refresh(aliceToken)).toMatchObject(refused);
  const next = await bob.refresh(bobToken);
  expect(next.status).toBe(200);
  provider.revokeGrants();
  expect(await bob.refresh(next.body['refresh_token'])).toMatchObject(refused);
});

test('the revocation endpoint ends what was signed in with the same browser too', async () => {
  await start();
  const client = rawClient(provider.issuer, { cookies: createCookieJar() });
  const [one, two] = [await client.signIn(), await client.signIn()];
  expect((await client.revoke(one.body['refresh_token'])).status).toBe(200);
  expect(await client.refresh(two.body['refresh_token'])).toMatchObject(refused);
  expect(provider.counts.revocation).toBe(1);
});

test('the lifetime of access tokens can be changed while running', async () => {
  await start();
  const client = rawClient(provider.issuer);
  provider.setAccessTokenSeconds(7);
  const { body } = await client.signIn();
  expect(body['expires_in']).toBe(7);
  const { iat = 0, exp = 0 } = decodeJwt(String(body['access_token']));
  expect(exp - iat).toBe(7);
});

test('with a state file, tokens and keys survive a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'identity-provider-'));
  const stateFile = join(folder, 'deep', 'state.json');
  await start({ stateFile });
  const { port } = provider;
  const client = rawClient(provider.issuer);
  const { body } = await client.signIn();
  const keys = await (await fetch((await client.discover()).jwks_uri)).text();
  await provider.close();

  await start({ stateFile, port });
  expect(await (await fetch((await client.discover()).jwks_uri)).text()).toBe(keys);
  const refreshed = await client.refresh(body['refresh_token']);
  expect(refreshed.status).toBe(200);
  expect(await client.refresh(body['refresh_token'])).toMatchObject(refused);
  // The last change may still be on its way to the file; closing waits for it.
  await provider.close();
  expect(await readdir(join(folder, 'deep'))).toEqual(['state.json']);
  await rm(folder, { recursive: true });
});

test('a damaged state file is an error, not a fresh start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'identity-provider-'));
  const stateFile = join(folder, 'state.json');
  await writeFile(stateFile, '{"records":');
  await expect(startIdentityProvider({ name: 'Acme', stateFile })).rejects.toThrow(SyntaxError);
  await rm(folder, { recursive: true });
  await start();
});
