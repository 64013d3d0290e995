import { createHash } from 'node:crypto';
import type { Source } from '../../contract/view-model';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Registry } from './registry';

/** What is known of issuers that their redirect addresses depend on. */
export interface IssuerFacts {
  /** Whether an issuer names itself in its answers (RFC 9207); undefined while nobody has asked it. */
  advertisesIss(issuer: string): boolean | undefined;
  /** Whether it is in use with a path of its own: that one is registered at the provider, so it stays. */
  hasOwnPath(issuer: string): boolean;
}

/** Who has the first claim to a shared redirect address when providers cannot be told apart by their answers. */
const claimOrder: readonly Source[] = ['policy-enforced', 'policy-default', 'toolhive', 'user', 'built-in'];

/**
 * The path of a registry's redirect address under the mix-up defence (RFC 9700 4.4): the configured one (by default
 * `/callback`), or {@link ownCallbackPath} where another issuer holds that. Of the issuers that do not send `iss` only
 * one holds a path: the first of policy, ToolHive and user file. All that come from policy may share.
 * @returns undefined for a registry without OAuth, and as long as the path depends on an issuer that nobody has asked:
 *   {@link callbackRivals} names those
 */
export function callbackPathOf(
  registry: Registry,
  registries: readonly Registry[],
  facts: IssuerFacts,
): string | undefined {
  if (registry.auth.type !== 'oauth') return undefined;
  const { oauth, isCallbackPathWritten } = registry.auth;
  const { issuer, callbackPath } = oauth;
  if (claimsIn(registries).policyIssuers.has(issuer)) return callbackPath;
  if (facts.hasOwnPath(issuer) && !isCallbackPathWritten) return ownCallbackPath(issuer);
  const advertises = facts.advertisesIss(issuer);
  if (advertises === true) return callbackPath;
  let isCertain = true;
  for (const rival of callbackRivals(registry, registries, facts)) {
    const rivalAdvertises = facts.advertisesIss(rival.issuer);
    if (rivalAdvertises === true) continue;
    // No further rival can change the answer: a list of ten thousand issuers is read once, not once per row.
    if (advertises === undefined) return undefined;
    if (rivalAdvertises === false) return ownCallbackPath(issuer);
    isCertain = false;
  }
  return isCertain ? callbackPath : undefined;
}

/** One client of each other issuer with a stronger claim to this registry's path, strongest first. */
export function* callbackRivals(
  { auth }: Registry,
  registries: readonly Registry[],
  facts: IssuerFacts,
): Generator<OAuthClientSettings> {
  if (auth.type !== 'oauth') return;
  const { issuer, callbackPath } = auth.oauth;
  const { byPath, policyIssuers } = claimsIn(registries);
  for (const { client, isWritten } of byPath.get(callbackPath)?.values() ?? []) {
    if (client.issuer === issuer) return;
    if (isWritten || policyIssuers.has(client.issuer) || !facts.hasOwnPath(client.issuer)) yield client;
  }
}

/** The path that no other issuer has. */
export function ownCallbackPath(issuer: string): string {
  return `/callback/${createHash('sha256').update(issuer, 'utf8').digest('hex').slice(0, 8)}`;
}

interface Claim {
  readonly client: OAuthClientSettings;
  /** The path was written out, so the issuer uses no other. */
  readonly isWritten: boolean;
}

interface Claims {
  /** By path and then by issuer, strongest first. */
  readonly byPath: ReadonlyMap<string, ReadonlyMap<string, Claim>>;
  readonly policyIssuers: ReadonlySet<string>;
}

/** Once per configuration, not once per row. */
const made = new WeakMap<readonly Registry[], Claims>();

function claimsIn(registries: readonly Registry[]): Claims {
  const known = made.get(registries);
  if (known !== undefined) return known;
  const byPath = new Map<string, Map<string, Claim>>();
  const policyIssuers = new Set<string>();
  const inOrder = claimOrder.flatMap((each) => registries.filter(({ source }) => source === each));
  for (const { auth, source } of inOrder) {
    if (auth.type !== 'oauth') continue;
    const { issuer, callbackPath } = auth.oauth;
    const claims = byPath.get(callbackPath) ?? new Map<string, Claim>();
    const isWritten = auth.isCallbackPathWritten || claims.get(issuer)?.isWritten === true;
    byPath.set(callbackPath, claims.set(issuer, { client: auth.oauth, isWritten }));
    if (source === 'policy-enforced' || source === 'policy-default') policyIssuers.add(issuer);
  }
  const claims = { byPath, policyIssuers };
  made.set(registries, claims);
  return claims;
}
