import { failure, type Failure } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { TokenSet } from '../identity';

type Told = Pick<TokenSet, 'grantedScope' | 'missingScopes' | 'clockSkewSeconds'>;

/**
 * What a session lacks that works all the same: SCOPE_MISSING, CLOCK_SKEW.
 * @param before what it lacked so far: an answer that names no scope grants what was granted (RFC 6749 6)
 */
export function limitsOf(
  { grantedScope, missingScopes, clockSkewSeconds }: Told,
  { issuer }: Pick<OAuthClientSettings, 'issuer'>,
  before: readonly Failure[] = [],
): readonly Failure[] {
  const ofScope =
    grantedScope === undefined
      ? before.filter(({ code }) => code === 'SCOPE_MISSING')
      : limitsOfScope(missingScopes, issuer);
  const ofClock =
    clockSkewSeconds === undefined ? [] : [failure('CLOCK_SKEW', { seconds: Math.abs(clockSkewSeconds) })];
  return [...ofScope, ...ofClock];
}

/** The part that can be told from a record, before any token comes. */
export function limitsOfScope(missing: readonly string[], issuer: string): readonly Failure[] {
  return missing.length === 0 ? [] : [failure('SCOPE_MISSING', { issuer, scope: missing.join(' ') })];
}
