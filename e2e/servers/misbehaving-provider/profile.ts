import type { Answer } from '../answers';
import type { Patch } from './behaviour';
import type { Rotation } from './grant-book';
import type { SigningAlgorithm } from './signing-keys';

/**
 * Which callback addresses a provider accepts. A refusal is a page at the provider, of which the app hears nothing.
 */
export type RedirectRule =
  | { readonly kind: 'any loopback' }
  | { readonly kind: 'localhost on any port' }
  | { readonly kind: 'exact'; readonly registered: readonly string[] };

/** How a provider is, apart from what a test makes it do. */
export interface Profile {
  readonly name: string;
  /** Path of the issuer; a trailing slash is kept. */
  readonly path: string;
  readonly redirects: RedirectRule;
  readonly rotation: Rotation;
  readonly graceMs: number;
  readonly codeMs: number;
  /** When an answer carries a refresh token. */
  readonly refreshTokens: 'with offline_access' | 'with offline_access and consent' | 'always' | 'never';
  /** Scopes it knows, or all of them. */
  readonly scopes: readonly string[] | 'any';
  /** What it does about others. */
  readonly unknownScope: 'ignored' | 'error';
  /** Whether the answer names the scope, and whether that includes `offline_access`. */
  readonly scopeInAnswer: 'granted' | 'without offline_access' | 'absent';
  /** Access tokens for no API are opaque. */
  readonly opaqueWithoutAudience: boolean;
  /** Endpoints on another origin than the issuer's. */
  readonly endpointsElsewhere: boolean;
  /** Sends `iss` to the callback (RFC 9207) and says so. */
  readonly sendsIss: boolean;
  /** `absent`: not in the metadata. A function replaces the correct answer. */
  readonly revocation: 'correct' | 'absent' | Answer;
  /** What revoking one refresh token ends. */
  readonly revocationEnds: 'its grant' | 'everything of this user and client';
  readonly metadata: Patch;
  /** Every code exchange and refresh is answered like this. */
  readonly token: Answer | undefined;
  /** The metadata document is answered like this. */
  readonly discovery: Answer | undefined;
  readonly deadRefreshToken: Answer | undefined;
  readonly signingAlgorithm: SigningAlgorithm;
}

/** As the specifications would have it. */
export const correctProfile: Profile = {
  name: 'correct',
  path: '',
  redirects: { kind: 'any loopback' },
  rotation: 'strict',
  graceMs: 30_000,
  codeMs: 60_000,
  refreshTokens: 'with offline_access',
  scopes: 'any',
  unknownScope: 'ignored',
  scopeInAnswer: 'granted',
  opaqueWithoutAudience: false,
  endpointsElsewhere: false,
  sendsIss: true,
  revocation: 'correct',
  revocationEnds: 'its grant',
  metadata: {},
  token: undefined,
  discovery: undefined,
  deadRefreshToken: undefined,
  signingAlgorithm: 'ES256',
};
