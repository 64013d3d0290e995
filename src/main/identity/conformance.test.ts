import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type IdTokenVariation,
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { openDesk } from '../sessions/testing/desk';
import { clientOf, start } from './testing/client';
import { freePort } from '../../../e2e/servers/free-port';

vi.setConfig({ testTimeout: 30_000 });

/**
 * The OpenID Foundation's tests of relying parties that apply to a public client of the code flow, under the names they
 * have in its conformance suite. docs/conformance.md says which they are, and why the others do not apply.
 */
let provider: MisbehavingProvider;
beforeEach(async () => {
  provider = await startMisbehavingProvider({ profile: { signingAlgorithm: 'RS256' } });
});
afterEach(() => provider.close());

async function signIn(): Promise<string> {
  const client = clientOf(provider.issuer, { callbackPort: await freePort() });
  const result = await start({ client }).result;
  return result.ok ? 'ok' : result.failure.code;
}

async function otherKeys(): Promise<MisbehavingProvider['behaviour']['jwksBefore']> {
  const other = await startMisbehavingProvider({ profile: { signingAlgorithm: 'RS256' } });
  const { keys } = (await (await fetch(`${other.issuer}/jwks`)).json()) as {
    keys: MisbehavingProvider['behaviour']['jwksBefore'];
  };
  await other.close();
  return keys;
}

describe('oidcc-client-basic-certification-test-plan', () => {
  test('oidcc-client-test', async () => {
    expect(await signIn()).toBe('ok');
  });

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
  ])('%s', async (_name, variation) => {
    provider.behaviour.idToken = variation;
    expect(await signIn()).toBe('ID_TOKEN_INVALID');
    // Not even where the provider says that these are its algorithms.
    provider.behaviour.metadata = { id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'] };
    expect(await signIn()).toBe('ID_TOKEN_INVALID');
  });

  test('oidcc-client-test-invalid-sig-es256', async () => {
    await provider.close();
    provider = await startMisbehavingProvider({ profile: { signingAlgorithm: 'ES256' } });
    expect(await signIn()).toBe('ok');
    provider.behaviour.idToken = 'signature of other content';
    expect(await signIn()).toBe('ID_TOKEN_INVALID');
  });

  test('oidcc-client-test-idtoken-sig-rs256', async () => {
    expect(provider.metadata()).toMatchObject({ id_token_signing_alg_values_supported: ['RS256'] });
    expect(await signIn()).toBe('ok');
    expect(provider.jwks.count).toBe(1);
  });

  test('oidcc-client-test-kid-absent-single-jwks', async () => {
    provider.behaviour.idToken = 'no kid';
    expect(await signIn()).toBe('ok');
  });

  test('oidcc-client-test-kid-absent-multiple-jwks', async () => {
    provider.behaviour.jwksBefore = await otherKeys();
    provider.behaviour.idToken = 'no kid';
    expect(await signIn()).toBe('ID_TOKEN_INVALID');
  });

  test('oidcc-client-test-ignores-unparseable-key-in-jwks', async () => {
    provider.behaviour.jwksBefore = [
      { kty: 'AKP', kid: 'post-quantum', alg: 'ML-DSA-44', pub: 'AAAA' },
      { kty: 'made-up', kid: 'odd' },
      { kty: 'RSA', kid: 'broken', n: '%%%', e: '' },
    ];
    expect(await signIn()).toBe('ok');
  });
});

describe('oidcc-client-config-certification-test-plan', () => {
  test('oidcc-client-test-discovery-openid-config', async () => {
    await signIn();
    expect(provider.discovery.count).toBe(1);
    expect(provider.authorize.count).toBe(1);
  });

  test('oidcc-client-test-discovery-jwks-uri-keys', async () => {
    const moved = await startMisbehavingProvider({ profile: { signingAlgorithm: 'RS256' } });
    provider.behaviour.metadata = { jwks_uri: `${moved.issuer}/jwks` };
    // Only the keys at the address that the metadata names count: these are another provider's.
    expect(await signIn()).toBe('ID_TOKEN_INVALID');
    expect([provider.jwks.count, moved.jwks.count]).toEqual([0, 1]);
    await moved.close();
  });

  test('oidcc-client-test-discovery-issuer-mismatch', async () => {
    provider.behaviour.metadata = { issuer: 'https://another.example' };
    expect(await signIn()).toBe('DISC_ISSUER_MISMATCH');
    expect(provider.authorize.count).toBe(0);
  });

  test('oidcc-client-test-signing-key-rotation', async () => {
    const desk = await openDesk({ issuer: provider.issuer });
    await desk.signIn('acme');
    await provider.rotateSigningKey();
    await desk.signIn('acme');
    expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
    expect(desk.sessions.state('acme')).not.toHaveProperty('problem');
    expect(provider.jwks.count).toBe(2);
  });

  test('oidcc-client-test-signing-key-rotation-just-before-signing', async () => {
    const desk = await openDesk({ issuer: provider.issuer });
    await desk.signIn('acme');
    const held = provider.token.holdRequests();
    const signedIn = desk.signIn('acme');
    await held.arrived;
    await provider.rotateSigningKey();
    held.release();
    expect(await signedIn).not.toHaveProperty('problem');
    expect(provider.jwks.count).toBe(2);
  });
});

describe('oidcc-client-refreshtoken-test-plan', () => {
  const force = { force: true };
  const newest = () => provider.issued.filter(({ kind }) => kind === 'refresh_token').at(-1)?.value ?? '';

  test('oidcc-client-test-refresh-token', async () => {
    const desk = await openDesk({ issuer: provider.issuer });
    await desk.signIn('acme');
    expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);
    expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);
  });

  test.each<[string, IdTokenVariation]>([
    ['oidcc-client-test-refresh-token-invalid-issuer', 'wrong iss'],
    ['oidcc-client-test-refresh-token-invalid-sub', 'another sub'],
  ])('%s', async (_name, variation) => {
    const desk = await openDesk({ issuer: provider.issuer });
    await desk.signIn('acme');
    provider.behaviour.idToken = variation;
    const failure = { code: 'IDENTITY_CHANGED' };
    expect(await desk.sessions.accessToken('acme', force)).toMatchObject({ failure });
    expect(desk.sessions.state('acme')).toMatchObject({ kind: 'expired', failure });
  });

  test.each<[string, { aud?: string; azp?: string }]>([
    ['oidcc-client-test-refresh-token-invalid-aud', { aud: 'another-client' }],
    ['oidcc-client-test-refresh-token-invalid-azp', { azp: 'another-client' }],
  ])('%s', async (_name, claims) => {
    const desk = await openDesk({ issuer: provider.issuer });
    await desk.signIn('acme');
    provider.behaviour.idTokenClaims = claims;
    const failure = { code: 'ID_TOKEN_INVALID' };
    expect(await desk.sessions.accessToken('acme', force)).toMatchObject({ failure });
    expect(desk.sessions.state('acme')).toMatchObject({ kind: 'error', failure });
    // The access token that came with it is never used, and the new refresh token is not lost.
    provider.behaviour.idTokenClaims = {};
    const kept = newest();
    expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);
    expect(provider.timesPresented(kept)).toBe(1);
  });
});

test('azp of another client is refused at a sign-in as well, with a single audience', async () => {
  provider.behaviour.idTokenClaims = { azp: 'another-client' };
  expect(await signIn()).toBe('ID_TOKEN_INVALID');
});

test('docs/conformance.md lists these tests, and no others', ({ task }) => {
  const document = readFileSync(new URL('../../../docs/conformance.md', import.meta.url), 'utf8');
  const [applying = ''] = document.split('## What does not apply');
  const documented = [...applying.matchAll(/^\| `(oidcc-client-test[a-z0-9-]*)`/gm)].map(([, name]) => name);
  const here = task.file.tasks
    .flatMap((suite) => ('tasks' in suite ? suite.tasks : []))
    .map(({ name }) => name);
  expect(documented.toSorted()).toEqual(here.toSorted());
});
