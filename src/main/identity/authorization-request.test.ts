import { calculatePKCECodeChallenge } from 'openid-client';
import { expect, test } from 'vitest';
import { audienceParameters, authorizationRequest } from './authorization-request';
import { clientOf } from './testing/client';
import type { Provider } from './types';

const issuer = 'https://login.acme.example';
const provider: Provider = {
  metadata: {
    issuer,
    authorization_endpoint: `${issuer}/authorize?tenant=acme`,
    token_endpoint: `${issuer}/token`,
  },
  issAdvertised: true,
  endpointAddresses: 'public',
};
const redirectUri = 'http://127.0.0.1:8666/callback';
const parametersOf = (url: string) => new URL(url).searchParams;

test('a code flow with PKCE S256, and a fresh state, nonce and verifier each time', async () => {
  const [one, other] = [
    authorizationRequest(provider, { client: clientOf(issuer) }, redirectUri),
    authorizationRequest(provider, { client: clientOf(issuer) }, redirectUri),
  ];
  const sent = parametersOf(one.url);
  expect(Object.fromEntries(sent)).toMatchObject({
    tenant: 'acme',
    response_type: 'code',
    client_id: 'gatepass',
    redirect_uri: redirectUri,
    scope: 'openid offline_access',
    state: one.state,
    nonce: one.nonce,
    code_challenge: await calculatePKCECodeChallenge(one.codeVerifier.reveal()),
    code_challenge_method: 'S256',
  });
  for (const secret of [one.state, one.nonce ?? ''])
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(new Set([one.state, one.nonce, other.state, other.nonce])).toHaveProperty('size', 4);
  expect(one.codeVerifier.reveal()).not.toBe(other.codeVerifier.reveal());
});

test('nothing that a registry configures takes the place of what the flow needs', () => {
  const client = clientOf(issuer, { extraAuthorizeParameters: { state: 'fixed', ui_locales: 'de' } });
  const { url, state } = authorizationRequest(provider, { client }, redirectUri);
  expect(parametersOf(url).getAll('state')).toEqual([state]);
  expect(parametersOf(url).get('ui_locales')).toBe('de');
});

test('without openid there is no nonce, as no ID token comes', () => {
  const client = clientOf(issuer, { scopes: ['api.read'] });
  const { url, nonce } = authorizationRequest(provider, { client }, redirectUri);
  expect([nonce, parametersOf(url).get('nonce')]).toEqual([undefined, null]);
});

test('an audience goes under the name the registry says, or nowhere', () => {
  const audience = 'https://registry.acme.example';
  expect(audienceParameters({ audience, audienceParameter: 'resource' })).toEqual({ resource: audience });
  expect(audienceParameters({ audience, audienceParameter: 'none' })).toEqual({});
  expect(audienceParameters({ audienceParameter: 'audience' })).toEqual({});
});
