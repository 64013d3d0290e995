import { getJwksCache, Configuration } from 'openid-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { offerKnownKeys, rememberKeys } from './signing-keys';
import { holdSession, type HeldSession } from './testing/session';

let provider: MisbehavingProvider;
let session: HeldSession;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
  session = await holdSession(provider.issuer);
});
afterEach(() => provider.close());

const idToken = (header: unknown) => `${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.x`;
const offered = (token: string) => {
  const config = new Configuration({ issuer: provider.issuer }, 'gatepass');
  offerKnownKeys(session.provider, config, token);
  return getJwksCache(config) !== undefined;
};
const kid = async () => {
  const { keys } = (await (await fetch(`${provider.issuer}/jwks`)).json()) as { keys: { kid: string }[] };
  return keys[0]?.kid;
};

test('keys are fetched once for many refreshes, and again when one is signed with a key that is not known', async () => {
  const before = provider.jwks.count;
  await session.refresh();
  await session.refresh();
  expect(provider.jwks.count - before).toBe(1);
  await provider.rotateSigningKey();
  expect((await session.refresh()).kind).toBe('ok');
  expect(provider.jwks.count - before).toBe(2);
});

test('known keys are offered only to a token that names one of them', async () => {
  expect(offered(idToken({ kid: await kid() }))).toBe(false);
  await session.refresh();
  expect(offered(idToken({ kid: await kid() }))).toBe(true);
  for (const header of [{}, { kid: 'unknown' }, { kid: 7 }, [], 'kid'])
    expect(offered(idToken(header))).toBe(false);
  expect(offered('no token')).toBe(false);
});

test('a configuration that has fetched nothing leaves what was known', async () => {
  await session.refresh();
  rememberKeys(session.provider, new Configuration({ issuer: provider.issuer }, 'gatepass'));
  expect(offered(idToken({ kid: await kid() }))).toBe(true);
});
