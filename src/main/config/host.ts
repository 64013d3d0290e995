import { kindOfAddress, isLocalhostName, literalAddress } from '../base/net/addresses';

/** Whether a host of a parsed URL is this computer: `localhost`, 127.0.0.0/8 or ::1. */
export function isLoopbackHost(hostname: string): boolean {
  const literal = literalAddress(hostname);
  return literal === undefined ? isLocalhostName(hostname) : /^(127\.|::1$)/.test(literal);
}

/** Where clouds keep their metadata services; never a registry or provider (169.254.0.0/16, fe80::/10). */
export function isLinkLocalHost(hostname: string): boolean {
  const literal = literalAddress(hostname);
  return literal !== undefined && kindOfAddress(literal) === 'link-local';
}

/**
 * Whether an address is written with a host that may look like another one: any letter outside ASCII, invisible or
 * bidirectional characters included, or punycode. Such a host is shown as punycode and confirmed before it is used.
 */
export function hasSuspiciousHost(address: string): boolean {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(address)?.[1] ?? '';
  // eslint-disable-next-line no-control-regex -- the range is "everything but ASCII", which begins with NUL
  return /[^\u0000-\u007f]/.test(authority) || /(^|[.@])xn--/i.test(authority);
}
