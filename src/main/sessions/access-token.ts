import type { Clock } from '../base/clock';
import { type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';

/** An access token in memory; the only place where one is kept. Times are monotonic milliseconds. */
export interface AccessToken {
  readonly token: Secret;
  /** What its callers get: made once, since every request of every tool asks for it. */
  readonly answer: Promise<Result<Secret>>;
  readonly expiresAt: number;
  /** From here on the next use refreshes first. */
  readonly refreshAt: number;
}

const longestMarginMs = 40_000;

/** Whatever a provider says of lifetimes, they make nobody refresh more often than this. */
export const closestTogetherMs = 30_000;
/** A lifetime below this cannot be meant: such a token is used like any other, and only a registry's no ends that early. */
const shortestBelievedMs = 10_000;

/**
 * Starts the lifetime of a token that was just issued.
 * @param lifetimeSeconds already clamped to [0, 86400] by the token endpoint's rules
 */
export function startLifetime(token: Secret, lifetimeSeconds: number, clock: Clock): AccessToken {
  const lifetimeMs = lifetimeSeconds * 1000;
  const now = clock.monotonic();
  const expiresAt = now + lifetimeMs;
  const refreshAt =
    lifetimeMs < shortestBelievedMs
      ? now + closestTogetherMs
      : expiresAt - Math.min(longestMarginMs, lifetimeMs / 2);
  return { token, answer: Promise.resolve(success(token)), expiresAt, refreshAt };
}

/** @param now monotonic milliseconds */
export const isFresh = (access: AccessToken, now: number): boolean => now < access.refreshAt;

/** Still accepted by a registry, though due for a refresh. */
export const isValid = (access: AccessToken, clock: Clock): boolean => clock.monotonic() < access.expiresAt;

/** What may be told of an access token: its length in characters and its times, in milliseconds since the epoch. */
export interface AccessFacts {
  readonly length: number;
  readonly validUntil: number;
  readonly refreshAt: number;
}

export function accessFacts({ token, expiresAt, refreshAt }: AccessToken, clock: Clock): AccessFacts {
  const epoch = clock.now() - clock.monotonic();
  return {
    length: token.reveal().length,
    validUntil: Math.round(epoch + expiresAt),
    refreshAt: Math.round(epoch + refreshAt),
  };
}
