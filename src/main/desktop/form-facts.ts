import type { RegistryFormFacts } from '../../contract/registry-form';
import { redirectUriOf } from '../base/oauth-client-settings';
import { kindOfAddress, isLocalhostName, literalAddress } from '../base/net';
import { callbackPathOf, type Registry } from '../config';

/** Whether an issuer names itself in its answers; undefined while nobody asked it. */
export type AdvertisesIss = (issuer: string) => boolean | undefined;

/** What a person compares before a registry is saved; hosts as the network sees them, so punycode where scripts mix. */
export function formFacts(
  registry: Registry,
  others: readonly Registry[],
  advertisesIss: AdvertisesIss,
): RegistryFormFacts {
  const { name, url, auth } = registry;
  const facts = { name, url, registryHost: hostIn(url) };
  if (auth.type !== 'oauth') return facts;
  const { issuer, clientId, scopes, audience } = auth.oauth;
  return {
    ...facts,
    signIn: {
      issuer,
      issuerHost: hostIn(issuer),
      clientId,
      scopes,
      ...(audience !== undefined && { audience }),
      redirectUri:
        redirectUriWith(registry, others, (other) => advertisesIss(other) ?? false) ??
        redirectUriOf(auth.oauth),
    },
  };
}

/**
 * The redirect address of a registry that is not configured yet; undefined for one without OAuth, and while it depends on
 * whether its issuer names itself in its answers (RFC 9207).
 */
export function certainRedirectUri(
  registry: Registry,
  others: readonly Registry[],
  advertisesIss: AdvertisesIss,
): string | undefined {
  if (registry.auth.type !== 'oauth') return undefined;
  const { issuer } = registry.auth.oauth;
  const either = [true, false].map((guess) =>
    redirectUriWith(registry, others, (other) => advertisesIss(other) ?? (other === issuer && guess)),
  );
  return either[0] === either[1] ? either[0] : undefined;
}

/** The mix-up defence among the configured issuers and this one; see callbackPathOf. */
function redirectUriWith(
  registry: Registry,
  others: readonly Registry[],
  advertisesIss: (issuer: string) => boolean,
): string | undefined {
  if (registry.auth.type !== 'oauth') return undefined;
  const isReplaced = others.some(({ id }) => id === registry.id);
  const all = isReplaced
    ? others.map((other) => (other.id === registry.id ? registry : other))
    : [...others, registry];
  const callbackPath = callbackPathOf(registry, all, advertisesIss);
  return callbackPath === undefined ? undefined : redirectUriOf({ ...registry.auth.oauth, callbackPath });
}

/** Whether an address says by itself that it is inside a private network: a private number, this computer, a bare name. */
export function namesPrivateNetwork(url: string): boolean {
  const hostname = URL.parse(url.trim())?.hostname ?? '';
  if (hostname === '') return false;
  const literal = literalAddress(hostname);
  if (literal !== undefined) return kindOfAddress(literal) === 'private';
  return (
    isLocalhostName(hostname) ||
    !hostname.includes('.') ||
    /\.(internal|intranet|lan|local|corp|home\.arpa)$/.test(hostname)
  );
}

const hostIn = (url: string): string => URL.parse(url)?.host ?? url;
