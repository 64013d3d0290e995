/** Scopes that steer the protocol itself; many providers grant them without listing them. */
const unlisted = new Set(['openid', 'offline_access', 'profile', 'email', 'address', 'phone']);

/**
 * The configured scopes that a token response says were not granted (RFC 6749 3.3: no list means all of them). Entra
 * ID's `/.default` stands for a set of others and is never listed.
 */
export function missingScopes(configured: readonly string[], granted: string | undefined): readonly string[] {
  if (granted === undefined) return [];
  const listed = new Set(granted.split(' '));
  return configured.filter(
    (scope) => !listed.has(scope) && !unlisted.has(scope) && !scope.endsWith('/.default'),
  );
}
