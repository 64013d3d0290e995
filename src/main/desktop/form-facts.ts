import type { RegistryFormFacts } from '../../contract/registry-form';
import { redirectUriOf } from '../base/oauth-client-settings';
import { kindOfAddress, isLocalhostName, literalAddress } from '../base/net';
import type { Registry } from '../config';

/**
 * What a person compares before a registry is saved; hosts as the network sees them, so punycode where scripts mix.
 * @param callbackPath absent until it is certain
 */
export function formFacts(
  { name, url, auth }: Registry,
  callbackPath: string | undefined,
): RegistryFormFacts {
  const facts = { name, url, registryHost: hostIn(url) };
  if (auth.type === 'bearer')
    return { ...facts, token: { ...(auth.tokenFile !== undefined && { file: auth.tokenFile }) } };
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
      ...(callbackPath !== undefined && { redirectUri: redirectUriOf({ ...auth.oauth, callbackPath }) }),
    },
  };
}

/** The registries as they would be with this one saved. */
export function registriesWith(registry: Registry, others: readonly Registry[]): readonly Registry[] {
  return others.some(({ id }) => id === registry.id)
    ? others.map((other) => (other.id === registry.id ? registry : other))
    : [...others, registry];
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

/** The host of an address as the network sees it. */
export const hostIn = (url: string): string => URL.parse(url)?.host ?? url;
