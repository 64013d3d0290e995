import { createHash } from 'node:crypto';
import type { Source } from '../../contract/view-model';
import type { Registry } from './registry';

/** Who has the first claim to a shared redirect address when providers cannot be told apart by their answers. */
const claimOrder: readonly Source[] = ['policy-enforced', 'policy-default', 'toolhive', 'user', 'built-in'];

const isPolicy = (source: Source) => source === 'policy-enforced' || source === 'policy-default';

/**
 * The issuer that holds a path among those that do not send `iss` (RFC 9207): the first of policy, ToolHive and user
 * file, each in its own order. Their answers cannot be told apart, so no two of them may share a redirect address
 * (RFC 9700 4.4), unless both come from policy.
 * @param advertisesIss what discovery said; for an issuer not discovered yet, `false` is the careful answer, but it may
 *   change who holds the path: discover the issuers with an earlier claim ({@link callbackClaims}) first
 */
export function callbackPathOwner(
  path: string,
  registries: readonly Registry[],
  advertisesIss: (issuer: string) => boolean,
): string | undefined {
  return callbackClaims(path, registries).find((issuer) => !advertisesIss(issuer));
}

/** The issuers that would use a path, strongest claim first, each once. */
export function callbackClaims(path: string, registries: readonly Registry[]): string[] {
  const claims = claimOrder.flatMap((source) => registries.filter((registry) => registry.source === source));
  return [
    ...new Set(
      claims.flatMap(({ auth }) =>
        auth.type === 'oauth' && auth.oauth.callbackPath === path ? [auth.oauth.issuer] : [],
      ),
    ),
  ];
}

/**
 * The path of a registry's redirect address under the mix-up defence: the configured one (by default `/callback`), or
 * `/callback/<8 hex of SHA-256(issuer)>` where another issuer holds that. Undefined for a registry without OAuth.
 */
export function callbackPathOf(
  registry: Registry,
  registries: readonly Registry[],
  advertisesIss: (issuer: string) => boolean,
): string | undefined {
  if (registry.auth.type !== 'oauth') return undefined;
  const { issuer, callbackPath } = registry.auth.oauth;
  if (advertisesIss(issuer) || isPolicyIssuer(issuer, registries)) return callbackPath;
  const owner = callbackPathOwner(callbackPath, registries, advertisesIss);
  return owner === undefined || owner === issuer ? callbackPath : ownCallbackPath(issuer);
}

/** The path that no other issuer has. */
export function ownCallbackPath(issuer: string): string {
  return `/callback/${createHash('sha256').update(issuer, 'utf8').digest('hex').slice(0, 8)}`;
}

function isPolicyIssuer(issuer: string, registries: readonly Registry[]): boolean {
  return registries.some(
    ({ auth, source }) => isPolicy(source) && auth.type === 'oauth' && auth.oauth.issuer === issuer,
  );
}
