import * as client from 'openid-client';
import { expect, test } from 'vitest';
import { finishSignIn } from './browser';
import { startIdentityProvider } from './identity-provider';
import { startMisbehavingProvider } from './misbehaving-provider';

const redirectUri = 'http://127.0.0.1:8666/callback';

/** A sign-in, a refresh and a revocation with every check of the library switched on. */
async function signInWithLibrary(issuer: string): Promise<void> {
  const config = await client.discovery(new URL(issuer), 'gatepass', undefined, client.None(), {
    // Deprecated only to be noticed: the test servers are on loopback without TLS.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  });
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid offline_access',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const callback = await finishSignIn(url.href, { deliver: false });
  const tokens = await client.authorizationCodeGrant(config, new URL(callback), {
    pkceCodeVerifier,
    expectedState,
    expectedNonce,
    idTokenExpected: true,
  });
  expect(tokens.claims()).toMatchObject({ email: 'alice@acme.example' });
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
  expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
  await client.tokenRevocation(config, refreshed.refresh_token ?? '');
  await expect(client.refreshTokenGrant(config, refreshed.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  });
}

test('a certified library finds nothing wrong with the identity provider', async () => {
  const provider = await startIdentityProvider({ name: 'Acme' });
  await signInWithLibrary(provider.issuer);
  await provider.close();
});

test('a certified library finds nothing wrong with the misbehaving provider while it behaves', async () => {
  const provider = await startMisbehavingProvider();
  await signInWithLibrary(provider.issuer);
  await provider.close();
});
