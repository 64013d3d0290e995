import type { TlsIdentity } from '../http-server';

/**
 * What happens to a refresh token when it is used. `strict`: it is replaced, and using it again revokes the whole
 * grant (RFC 9700 4.14.2). `grace`: it is replaced, and works for another 30 s. `none`: it stays the same.
 */
export type Rotation = 'strict' | 'grace' | 'none';

export interface IdentityProviderClient {
  readonly clientId: string;
  /** Shown on the sign-in page. */
  readonly name?: string;
  /** Loopback `http` addresses match on any port (RFC 8252 7.3). */
  readonly redirectUris: readonly string[];
}

export interface IdentityProviderOptions {
  /** Shown on its pages. */
  readonly name: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly tls?: TlsIdentity;
  readonly hostName?: '127.0.0.1' | 'localhost';
  /** Path of the issuer, as in `/realms/main` or `/application/o/gatepass/`; a trailing slash is kept. */
  readonly path?: string;
  /** Default: the public client `gatepass` with the usual callback addresses. */
  readonly clients?: readonly IdentityProviderClient[];
  /**
   * The APIs that tokens can be for. The first is the default; the others are asked for with `audience` or, when
   * they are URLs, with `resource` (RFC 8707). Empty: opaque access tokens for the userinfo endpoint only.
   */
  readonly audiences?: readonly string[];
  /** Scopes besides `openid`, `offline_access`, `email` and `profile`. Unknown ones are left out of the grant. */
  readonly scopes?: readonly string[];
  /** Default 300. */
  readonly accessTokenSeconds?: number;
  readonly rotation?: Rotation;
  /** How long a used refresh token still works with `rotation: 'grace'`. Default 30. */
  readonly graceSeconds?: number;
  /** Milliseconds since the epoch, for the grace time and for forgetting what expired. Default: the real time. */
  readonly now?: () => number;
  readonly signingAlgorithm?: 'RS256' | 'ES256';
  /** `roles` claim of the access token. Default: `['reader']`. */
  readonly roles?: readonly string[];
  /** Grants `offline_access` only to requests with `prompt=consent`, as OpenID Connect Core 11 asks. */
  readonly offlineAccessNeedsConsent?: boolean;
  /** JSON file that keeps sessions, tokens and keys, so that they survive a restart. Default: memory only. */
  readonly stateFile?: string;
}

const usualCallbackAddresses: readonly string[] = [
  'http://127.0.0.1:8666/callback',
  'http://localhost:8666/callback',
];

export const usualClient: IdentityProviderClient = {
  clientId: 'gatepass',
  name: 'Gatepass',
  redirectUris: usualCallbackAddresses,
};

export const usualAudience = 'https://registry.acme.example';
