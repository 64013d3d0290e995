import type { SignInStep } from '../../contract/view-model';
import type { AddressRule } from '../base/net';
import type { Failure, Result } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';

/** The part of a provider's metadata that is used, each address checked (OIDC Discovery 3, RFC 8414 2). */
export interface ProviderMetadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  /** Absent only where no ID token is asked for. */
  readonly jwks_uri?: string;
  readonly revocation_endpoint?: string;
  readonly end_session_endpoint?: string;
  readonly id_token_signing_alg_values_supported?: readonly string[];
}

/** A discovered identity provider. Safe to keep for as long as the app runs: signing keys are fetched anew when needed. */
export interface Provider {
  readonly metadata: ProviderMetadata;
  /** It promises `iss` in every authorization response (RFC 9207), so that its answers cannot be mixed up. */
  readonly issAdvertised: boolean;
  /** Where endpoints on other hosts than the issuer's may be. */
  readonly endpointAddresses: AddressRule;
  /** How far the provider's clock is ahead of ours, in seconds; absent when it did not say. */
  readonly dateSkewSeconds?: number;
}

/** Who signed in, from a validated ID token. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** `email`, else `preferred_username`, else `sub`; one clean line. */
  readonly account?: string;
  /** Entra ID's `tid`. */
  readonly tenant?: string;
}

/** What a valid token response gave. */
export interface TokenSet {
  readonly accessToken: Secret;
  /** 0 to 86400; 300 when the provider did not say. */
  readonly expiresInSeconds: number;
  /** After a refresh: only when the provider sent a new one. */
  readonly refreshToken?: Secret;
  readonly identity?: Identity;
  readonly grantedScope?: string;
  /** Configured scopes that the provider says it left out; those that are never listed in answers do not count. */
  readonly missingScopes: readonly string[];
  /** How far the provider's clock is ahead of this computer's, in seconds; set from 5 minutes in either direction. */
  readonly clockSkewSeconds?: number;
}

/**
 * How a refresh ended, told apart by what it means for the refresh token that was sent. A token that came back was
 * handed to `onRotated` before any of these.
 */
export type RefreshOutcome =
  | { readonly kind: 'ok'; readonly tokens: TokenSet }
  /** The provider said no by name: SESSION_ENDED ends the session, the other codes keep it. */
  | { readonly kind: 'refused'; readonly failure: Failure; readonly claims?: string }
  /** 400 or 401 without a readable reason, as dead tokens get at some providers: keep it, ask once more after 5 s. */
  | { readonly kind: 'refused-without-reason'; readonly failure: Failure }
  /** Nothing left this computer. Does not count as an attempt. */
  | { readonly kind: 'not-sent'; readonly failure: Failure; readonly retryAfterMs?: number }
  /** Refused without the token being used: asked to come later (429), or by an error nobody knows. */
  | { readonly kind: 'later'; readonly failure: Failure; readonly retryAfterMs?: number }
  /** Sent, and no answer that says whether it was used. */
  | { readonly kind: 'unknown'; readonly failure: Failure; readonly retryAfterMs?: number }
  /** Answered with success and nothing that can be read as tokens (HTML, empty, too large): not a word on the token. */
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  /**
   * Answered, but the access token must not be used: TOKEN_BAD_RESPONSE, TOKEN_TYPE_UNSUPPORTED, ID_TOKEN_INVALID,
   * CLOCK_SKEW, IDENTITY_CHANGED, or the signing keys could not be fetched. `rotated`: a new refresh token came with it.
   */
  | { readonly kind: 'unusable'; readonly failure: Failure; readonly rotated: boolean };

/** What a flow tells while it runs. `problem`: the browser did not open, the link can still be copied. */
export interface StepInfo {
  readonly problem?: Failure;
}

export interface SignInRequest {
  readonly client: OAuthClientSettings;
  /** How long the person has, counted from opening the browser. */
  readonly timeoutMs: number;
  readonly prompt?: 'select_account' | 'consent';
  /** Passed back as the provider demanded it (step-up at Entra ID; OIDC Core 5.5). */
  readonly claims?: string;
  /**
   * The path of the redirect address for this issuer, once its metadata is known: no other issuer may share it unless
   * one of the two names itself in its answers (RFC 9207), or codes could be mixed up (RFC 9700 4.4.2).
   */
  readonly callbackPath: (advertisesIss: boolean) => Promise<string>;
}

/** One attempt to sign in. `result` always settles. */
export interface SignInFlow {
  readonly result: Promise<Result<TokenSet>>;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Ends the flow at once with LOGIN_CANCELLED. */
  cancel(): void;
  /** Adds 120 s, up to 15 minutes after the browser opened. */
  extend(): void;
  canExtend(): boolean;
  /** Milliseconds since the epoch; moves with {@link extend}. */
  deadline(): number;
  openAgain(): Promise<Result<void>>;
  /** For the clipboard, in main only: it holds the state. */
  authorizationUrl(): string | undefined;
}

export type OnStep = (step: SignInStep, info: StepInfo) => void;
