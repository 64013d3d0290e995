import { type AccessToken, closestTogetherMs } from './access-token';
import type { RefreshResult } from './refresh';

/** What the schedule has to know of a session that can be refreshed. Times are monotonic milliseconds. */
export interface RefreshFacts {
  /** When somebody last asked for its access token; absent if nobody has since the start. */
  readonly usedAt?: number;
  /** The access token in memory, expired or not. */
  readonly access?: Pick<AccessToken, 'refreshAt' | 'expiresAt'>;
  /** When tokens last came; before the start, as far as the record tells. May lie before the clock's beginning. */
  readonly refreshedAt: number;
}

/** The last try in the background that brought no tokens. */
export interface FailedTry {
  readonly at: number;
  /** Not again before this. */
  readonly notBefore: number;
  /** How many in a row. */
  readonly count: number;
}

const secondMs = 1_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A session counts as used for so long; then it is refreshed daily, so that no idle limit of a provider ends it. */
const usedForMs = hourMs;

export const isInUse = ({ usedAt }: RefreshFacts, now: number): boolean =>
  usedAt !== undefined && now - usedAt < usedForMs;

/**
 * When a session is to be refreshed in the background, in monotonic milliseconds; in the past if it is due.
 * @param spread from 0 up to 1 and the session's own, so that sessions which expire together are not refreshed together
 */
export function refreshDueAt(
  facts: RefreshFacts,
  now: number,
  spread: number,
  failed: FailedTry | undefined,
): number {
  const wished = isInUse(facts, now) ? neededAt(facts, now, spread) : dailyAt(facts, spread);
  const floor = facts.refreshedAt + closestTogetherMs;
  // Tokens that came since, because somebody used the session, end the waiting.
  const held = failed === undefined || failed.at < facts.refreshedAt ? floor : failed.notBefore;
  return Math.max(wished, floor, held);
}

/** When to look at a session that is not due again: it may have come into use by the time its token runs out. */
export function lookAgainAt({ access }: RefreshFacts, now: number, dueAt: number): number {
  return access !== undefined && access.refreshAt > now ? Math.min(access.refreshAt, dueAt) : dueAt;
}

/** From its due time on, but with at least half of the margin left. Without a token in memory: now. */
function neededAt({ access }: RefreshFacts, now: number, spread: number): number {
  if (access === undefined) return now;
  return access.refreshAt + spread * Math.max(0, (access.expiresAt - access.refreshAt) / 2);
}

/** Up to an hour early, so that what was signed in together comes apart. */
const dailyAt = ({ refreshedAt }: RefreshFacts, spread: number): number =>
  refreshedAt + dayMs - spread * hourMs;

const firstPauseMs = 30 * secondMs;
const longestPauseMs = hourMs / 4;

/**
 * What a refresh that brought no tokens means for the next try. A failure that passes by itself: soon, then less and less
 * often. One of the keychain: after an hour, as every try may ask the person to unlock it. One that someone has to mend:
 * with the next daily round.
 */
export function afterFailure(
  { kind, failure }: Exclude<RefreshResult, { kind: 'refreshed' }>,
  before: FailedTry | undefined,
  now: number,
  spread: number,
): FailedTry {
  const count = (before?.count ?? 0) + 1;
  const pause = () => {
    if (kind !== 'failed-for-now') return dayMs;
    if (failure.code.startsWith('STORE_')) return hourMs;
    return Math.min(firstPauseMs * 2 ** Math.min(count - 1, 10), longestPauseMs);
  };
  return { at: now, count, notBefore: now + pause() * (1 + spread / 2) };
}
