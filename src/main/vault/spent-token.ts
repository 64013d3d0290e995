import type { Code } from '../../contract/codes';
import type { SessionRecord } from './session-record';

/** How often a token may be sent while the outcome is unknown: the first time, and once more to find out. */
const mostSends = 2;
/** The same where every time brought an answer, though none that said anything about the token. */
const mostAnsweredSends = 3;

/**
 * Why the token of a session may not be sent again, if it may not. A provider that detects reuse ends the whole grant
 * when it sees an old token again (RFC 9700 4.14.2), and to a provider in trouble each time is one more burden.
 */
export function whySpent({
  attempt = 0,
  answered = 0,
}: Pick<SessionRecord, 'attempt' | 'answered'>): Code | undefined {
  if (attempt === answered) return attempt < mostAnsweredSends ? undefined : 'TOKEN_BAD_RESPONSE';
  return attempt < mostSends ? undefined : 'SESSION_INTERRUPTED';
}
