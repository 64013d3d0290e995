import { failure, type Failure } from '../base/failure';
import { normaliseUrl } from '../base/slot';
import { hasSuspiciousHost, isLinkLocalHost, isLoopbackHost } from './host';

/** The parts of an absolute address as written; RFC 3986, appendix B, with an authority required. */
export interface AddressParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const absoluteAddress = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;

/** Undefined for what is no absolute address. Nothing is decoded or normalised. */
export function addressParts(text: string): AddressParts | undefined {
  const match = absoluteAddress.exec(text);
  if (match === null) return undefined;
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = match;
  return { scheme: scheme.toLowerCase(), authority, path, query, fragment };
}

/** Spaces, control characters and backslashes: `URL` drops or rewrites them, so two programs may read two addresses. */
const rewrittenByUrl = /[\s\\]|\p{Cc}/u;

/** @returns the host of an address as the network will see it; undefined where `URL` refuses it */
export function hostOf(text: string): string | undefined {
  if (rewrittenByUrl.test(text)) return undefined;
  const hostname = URL.parse(text)?.hostname ?? '';
  return hostname === '' || /(^|\.)\./.test(hostname) ? undefined : hostname;
}

export interface RegistryUrlRules {
  /** Permits http on loopback. Private addresses are judged when connecting, on the resolved address. */
  readonly allowPrivateIp: boolean;
  readonly kind?: 'api' | 'static';
}

/**
 * Checks the address of a registry: https, or http on loopback where that is allowed; no user name or password, no
 * fragment, no link-local address; a query only for a static file, since paths are appended to an API's address.
 */
export function registryUrlFault(url: string, rules: RegistryUrlRules): Failure | undefined {
  const parts = addressParts(url);
  if (parts === undefined) return failure('CFG_URL_INVALID', { reason: 'not-an-address' });
  if (parts.scheme !== 'https' && parts.scheme !== 'http') return failure('CFG_URL_SCHEME');
  if (parts.authority.includes('@')) return failure('CFG_URL_INVALID', { reason: 'userinfo' });
  if (parts.fragment !== '') return failure('CFG_URL_INVALID', { reason: 'fragment' });
  if (parts.query !== '' && rules.kind !== 'static') return failure('CFG_URL_INVALID', { reason: 'query' });
  const host = hostOf(url);
  if (host === undefined) return unreadableHost(url) ?? failure('CFG_URL_INVALID', { reason: 'host' });
  if (isLinkLocalHost(host)) return failure('CFG_URL_INVALID', { reason: 'link-local', host });
  const isLocalHttp = rules.allowPrivateIp && isLoopbackHost(host);
  return parts.scheme === 'http' && !isLocalHttp ? failure('CFG_URL_SCHEME', { host }) : undefined;
}

/** A host that only pretends to be one: with bidirectional or joining characters, which `URL` refuses. */
export function unreadableHost(address: string): Failure | undefined {
  return hasSuspiciousHost(address) ? failure('CFG_HOST_SUSPICIOUS') : undefined;
}

/** A host to confirm before it is used, in punycode. */
export function suspiciousHostWarning(address: string): Failure | undefined {
  return hasSuspiciousHost(address)
    ? failure('CFG_HOST_SUSPICIOUS', { host: hostOf(address) ?? '' })
    : undefined;
}

/**
 * Equal for two addresses that reach the same registry however they are spelt (default port, case, trailing dot,
 * needless percent-encoding, dot segments), so that no spelling gets past a rule about an address.
 */
export function addressKey(url: string): string {
  const parsed = URL.parse(normaliseUrl(url));
  if (parsed === null) return normaliseUrl(url);
  const path = parsed.pathname.replace(/%[0-9a-f]{2}/gi, unreserved).replace(/\/+$/, '');
  return `${parsed.protocol}//${parsed.host.replace(/\.(?=$|:)/, '')}${path}${parsed.search}`;
}

/** RFC 3986 6.2.2: unreserved characters need no encoding, and the digits of others are written in capitals. */
function unreserved(encoded: string): string {
  const character = String.fromCharCode(parseInt(encoded.slice(1), 16));
  return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
}
