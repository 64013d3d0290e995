import type { Code } from './codes';
import type { SetAsideView } from './recovery-view';

/*
 * What Support shows beside the registry's row: enough to name a cause, and nothing that opens a door. Times are
 * milliseconds since the epoch.
 */

/** The states of a session's own machine, finer than what the badge shows; `none` where there is nothing to sign in to. */
export type SessionStateName =
  'none' | 'signed-out' | 'signing-in' | 'signed-in' | 'refreshing' | 'expired' | 'error' | 'blocked';

/** How long a token is, in characters, as a class: enough to tell an opaque one from a JWT or an empty answer. */
export type LengthClass = '1–63' | '64–511' | '512–4095' | '4096+';

/** All that is ever said of a token. */
export type TokenFact =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present'; readonly length: LengthClass; readonly kept: 'memory' | 'sealed' };

/** Where the key that seals refresh tokens is; `pending` until something first needed it. */
export interface KeySourceFact {
  readonly kind: 'pending' | 'keychain' | 'safe-storage' | 'memory';
  /** Why there is none but memory. */
  readonly code?: Code;
}

/** What the provider says of itself, as it was last discovered. */
export interface ProviderFact {
  readonly issuer: string;
  readonly endpoints: readonly { readonly name: string; readonly url: string }[];
  /** Whether it promises `iss` in every answer (RFC 9207). */
  readonly namesItselfInAnswers: boolean;
  /** How far its clock is ahead of this computer's; absent when it did not say. */
  readonly clockAheadSeconds?: number;
}

/** One registry's session in full, without a secret. What its row says already is not repeated here. */
export interface RegistryFacts {
  readonly state: SessionStateName;
  readonly discovered?: ProviderFact;
  /** The `scope` the provider granted, where it said one; a clean line of the provider's. */
  readonly scopesGranted?: string;
  readonly keySource: KeySourceFact;
  readonly refreshToken: TokenFact;
  readonly accessToken: TokenFact;
  /** How often the refresh token was sent without a known outcome: an interrupted rotation. */
  readonly openAttempts: number;
  readonly times: {
    readonly signedInAt?: number;
    readonly refreshedAt?: number;
    readonly nextRefreshAt?: number;
    readonly accessUntil?: number;
    readonly lastUsedAt?: number;
  };
  readonly lastError?: { readonly code: Code; readonly at: number };
  /** Since the app started. */
  readonly counters: { readonly signIns: number; readonly refreshes: number; readonly failures: number };
}

/** A saved sign-in that no configured registry uses; lives again when one of the same address, service and client returns. */
export interface KeptSignIn {
  readonly host: string;
  readonly account?: string;
  /** Since when its registry is gone. */
  readonly goneSince: number;
  readonly keptUntil: number;
}

/** As {@link SetAsideView} of Recovery; `host` where it still says whose it was. */
export interface SetAsideFact {
  readonly kind: SetAsideView['kind'];
  readonly host?: string;
  readonly at: number;
}

/** What is true of this computer and this profile. */
export interface ComputerFacts {
  readonly version: string;
  /** Name and version of each part, such as Electron and the operating system. */
  readonly parts: readonly { readonly name: string; readonly version: string }[];
  readonly profileFolder: string;
  readonly startedAt: number;
  readonly keySource: KeySourceFact;
  readonly keptSignIns: readonly KeptSignIn[];
  readonly setAside: readonly SetAsideFact[] | 'unreadable';
}
