import { isLocalhostName, kindOfAddress, literalAddress } from '../base/net';
import type { AddressRule } from '../base/net';
import type { Provider } from './types';

/** Parameters of OAuth requests that an endpoint address must not come with: ours would then stand there twice. */
const oauthParameters = new Set([
  'client_id',
  'client_secret',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'grant_type',
  'nonce',
  'redirect_uri',
  'refresh_token',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
  'token',
]);

/** Whether an address from metadata may be used at all: absolute, https (http on loopback), nothing hidden in it. */
export function isEndpoint(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const url = new URL(value);
  return (
    isWebScheme(url) &&
    url.username === '' &&
    url.password === '' &&
    !value.includes('#') &&
    ![...url.searchParams.keys()].some((name) => oauthParameters.has(name.toLowerCase()))
  );
}

/** `https:` anywhere; `http:` for development on this computer only. */
export function isWebScheme(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.has(url.hostname));
}

const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether a URL names a place that is not on the public Internet, as far as the URL itself tells. */
export function namesPrivatePlace(url: URL): boolean {
  const literal = literalAddress(url.hostname);
  return literal === undefined ? isLocalhostName(url.hostname) : kindOfAddress(literal) !== 'public';
}

export function namesLinkLocalPlace(url: URL): boolean {
  const literal = literalAddress(url.hostname);
  return literal !== undefined && kindOfAddress(literal) === 'link-local';
}

/** The issuer's own origin was chosen by a person; wherever it is, its endpoints may be as well. */
export function addressRuleFor(provider: Provider, url: string): AddressRule {
  return new URL(url).origin === new URL(provider.metadata.issuer).origin
    ? 'any'
    : provider.endpointAddresses;
}
