import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startMisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import type { IdTokenVariation, MisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import { clientOf, freePort, start } from './testing/client';
import { holdSession } from './testing/session';

vi.setConfig({ testTimeout: 30_000 });

/**
 * The OpenID Foundation's relying-party tests that apply to a public client of the code flow, under their own names.
 */
let provider: MisbehavingProvider;
let port: number;
beforeEach(async () => {
  provider = await startMisbehavingProvider({ profile: { signingAlgorithm: 'RS256' } });
  port = await freePort();
});
afterEach(() => provider.close());

const signInResult = async () => {
  const result = await start({ client: clientOf(provider.issuer, { callbackPort: port }) }).result;
  return result.ok ? 'ok' : result.failure.code;
};

describe('basic certification profile', () => {
  test.each<[string, IdTokenVariation]>([
    ['oidcc-client-test-nonce-invalid', 'wrong nonce'],
    ['oidcc-client-test-invalid-iss', 'wrong iss'],
    ['oidcc-client-test-missing-sub', 'no sub'],
    ['oidcc-client-test-invalid-aud', 'wrong aud'],
    ['oidcc-client-test-missing-aud', 'no aud'],
    ['oidcc-client-test-missing-iat', 'no iat'],
    ['oidcc-client-test-invalid-sig-rs256', 'signature of other content'],
    ['oidcc-client-test-invalid-sig-hs256', 'HS256'],
    ['oidcc-client-test-idtoken-sig-none', 'alg none'],
  ])('%s is refused', async (_name, variation) => {
    provider.behaviour.idToken = variation;
    expect(await signInResult()).toBe('ID_TOKEN_INVALID');
  });

  test('oidcc-client-test: a correct RS256 token is accepted', async () => {
    expect(await signInResult()).toBe('ok');
  });

  test('oidcc-client-test-idtoken-sig-none is refused even where the metadata offers it', async () => {
    provider.behaviour.metadata = { id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'] };
    for (const variation of ['alg none', 'HS256'] as const) {
      provider.behaviour.idToken = variation;
      expect(await signInResult()).toBe('ID_TOKEN_INVALID');
    }
  });

  test('oidcc-client-test-invalid-sig-es256 is refused', async () => {
    await provider.close();
    provider = await startMisbehavingProvider({ profile: { signingAlgorithm: 'ES256' } });
    provider.behaviour.idToken = 'signature of other content';
    expect(await signInResult()).toBe('ID_TOKEN_INVALID');
  });

  test('oidcc-client-test-kid-absent-single-jwks is accepted', async () => {
    provider.behaviour.idToken = 'no kid';
    expect(await signInResult()).toBe('ok');
  });

  test('oidcc-client-test-kid-absent-multiple-jwks is refused, as no key is named', async () => {
    const other = await startMisbehavingProvider({ profile: { signingAlgorithm: 'RS256' } });
    const keys = (await (await fetch(`${other.issuer}/jwks`)).json()) as { keys: [] };
    provider.behaviour.jwksBefore = keys.keys;
    provider.behaviour.idToken = 'no kid';
    expect(await signInResult()).toBe('ID_TOKEN_INVALID');
    await other.close();
  });

  test('oidcc-client-test: a key that cannot be parsed is ignored', async () => {
    provider.behaviour.jwksBefore = [
      { kty: 'oct-of-tomorrow', kid: 'odd' },
      { kty: 'RSA', kid: 'broken', n: '%%%', e: '' },
    ];
    expect(await signInResult()).toBe('ok');
  });
});

describe('config certification profile', () => {
  test('oidcc-client-test-discovery-issuer-mismatch is refused', async () => {
    provider.behaviour.metadata = { issuer: 'https://another.example' };
    expect(await signInResult()).toBe('DISC_ISSUER_MISMATCH');
  });

  test('oidcc-client-test-signing-key-rotation: the new key is fetched', async () => {
    expect(await signInResult()).toBe('ok');
    await provider.rotateSigningKey();
    expect(await signInResult()).toBe('ok');
  });

  test('oidcc-client-test-signing-key-rotation-just-before-signing: keys rotated during the flow', async () => {
    const held = provider.token.holdRequests();
    const result = signInResult();
    await held.arrived;
    await provider.rotateSigningKey();
    held.release();
    expect(await result).toBe('ok');
  });
});

describe('refresh token', () => {
  test.each<[string, IdTokenVariation]>([
    ['oidcc-client-test-refresh-token-invalid-issuer', 'wrong iss'],
    ['oidcc-client-test-refresh-token-invalid-sub', 'another sub'],
    ['oidcc-client-test-refresh-token-invalid-aud', 'wrong aud'],
    ['oidcc-client-test-refresh-token-invalid-azp', 'wrong azp'],
  ])('%s is refused', async (_name, variation) => {
    const session = await holdSession(provider.issuer);
    provider.behaviour.idToken = variation;
    expect((await session.refresh()).kind).toBe('unusable');
  });

  test('oidcc-client-test-refresh-token: a correct one is accepted', async () => {
    const session = await holdSession(provider.issuer);
    expect((await session.refresh()).kind).toBe('ok');
  });
});

test('azp of another client is refused with a single audience as well', async () => {
  provider.behaviour.idTokenClaims = { azp: 'another-client' };
  expect(await signInResult()).toBe('ID_TOKEN_INVALID');
});
