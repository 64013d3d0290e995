import { empty, html, json } from '../answers';
import type { Profile } from './profile';

const exactly = (...registered: string[]) => ({ kind: 'exact' as const, registered });

/** Redirect address that is registered where only exact addresses are accepted. */
const registered = exactly('http://127.0.0.1:8666/callback');

/**
 * How real providers differ from each other, as far as a client notices. Give one to `startMisbehavingProvider`.
 */
export const profiles = {
  /** Matches the port of the callback too; refuses with a page of its own. Rotates with 30 s of leeway. */
  okta: {
    path: '/oauth2/default',
    redirects: registered,
    rotation: 'grace',
    sendsIss: false,
    scopes: ['openid', 'offline_access', 'email', 'profile'],
    unknownScope: 'error',
  },
  /** Okta's org authorization server: its tokens are for Okta's own APIs. */
  oktaOrg: { redirects: registered, rotation: 'grace', sendsIss: false, opaqueWithoutAudience: true },
  /** Old refresh tokens stay valid; no PKCE metadata; no revocation endpoint; the answer's scope omits offline_access. */
  entra: {
    path: '/00000000-0000-0000-0000-000000000000/v2.0',
    redirects: { kind: 'localhost on any port' },
    rotation: 'additive',
    sendsIss: false,
    revocation: 'absent',
    scopeInAnswer: 'without offline_access',
    signingAlgorithm: 'RS256',
    metadata: { code_challenge_methods_supported: undefined },
    deadRefreshToken: json(400, {
      error: 'invalid_grant',
      error_description: 'AADSTS700082: The refresh token has expired due to inactivity.',
      error_codes: [700082],
    }),
  },
  /** The issuer ends with a slash; the access token is opaque without an audience; no leeway. */
  auth0: {
    path: '/',
    rotation: 'strict',
    sendsIss: false,
    opaqueWithoutAudience: true,
    signingAlgorithm: 'RS256',
  },
  /** Old refresh tokens stay valid; revoking one ends all of the same user and client. */
  keycloak: {
    path: '/realms/main',
    rotation: 'additive',
    revocationEnds: 'everything of this user and client',
    signingAlgorithm: 'RS256',
  },
  /** Wants a secret from desktop clients too; refuses offline_access. */
  google: {
    sendsIss: false,
    scopes: ['openid', 'email', 'profile'],
    unknownScope: 'error',
    token: json(400, { error: 'invalid_request', error_description: 'client_secret is missing.' }),
    signingAlgorithm: 'RS256',
  },
  /** Codes live for 60 s. */
  ping: { path: '/as', redirects: registered, sendsIss: false, codeMs: 60_000, rotation: 'none' },
  /** Endpoints on another host; no PKCE metadata; unknown scopes are errors; an answer to a refresh has no new token. */
  cognito: {
    path: '/eu-central-1_EXAMPLE',
    redirects: { kind: 'localhost on any port' },
    endpointsElsewhere: true,
    rotation: 'silent',
    refreshTokens: 'always',
    scopes: ['openid', 'email', 'profile'],
    unknownScope: 'error',
    scopeInAnswer: 'absent',
    sendsIss: false,
    signingAlgorithm: 'RS256',
    metadata: { code_challenge_methods_supported: undefined },
  },
  /** Unknown scopes are errors; a used refresh token works for some seconds. */
  dex: {
    path: '/dex',
    rotation: 'grace',
    graceMs: 3000,
    scopes: ['openid', 'offline_access', 'email', 'profile', 'groups'],
    unknownScope: 'error',
    scopeInAnswer: 'absent',
    sendsIss: false,
    revocation: 'absent',
    signingAlgorithm: 'RS256',
  },
  /** One issuer per application, with a slash at the end; offline_access takes effect only with consent. */
  authentik: {
    path: '/application/o/gatepass/',
    sendsIss: false,
    rotation: 'strict',
    refreshTokens: 'with offline_access and consent',
  },
  /** Always rotates. */
  zitadel: { rotation: 'strict', sendsIss: false, signingAlgorithm: 'RS256' },
  /** The same with refresh tokens not enabled for the client. */
  zitadelWithoutRefreshTokens: { rotation: 'strict', sendsIss: false, refreshTokens: 'never' },
  /** A dead refresh token is 400 with an empty body; public clients may not revoke. */
  glewlwyd: {
    path: '/api/oidc',
    rotation: 'none',
    sendsIss: false,
    revocation: empty(401),
    deadRefreshToken: empty(400),
    signingAlgorithm: 'RS256',
  },
  /** Not OpenID Connect: there is no metadata. */
  github: { discovery: html(404), sendsIss: false },
} as const satisfies Record<string, Partial<Profile>>;

export type ProfileName = keyof typeof profiles;
