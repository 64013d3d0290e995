import { createHash } from 'node:crypto';

/**
 * The label a session's record carries: `REGISTRY_OAUTH_` and 8 hex digits over both normalised URLs. A name for people
 * and for interoperation, never a key: 8 digits can collide, and the client id is not in it.
 */
export function slotOf(registry: string, issuer: string): string {
  return thvSlotOf(normaliseUrl(registry), normaliseUrl(issuer));
}

/** The slot `thv` uses: the same hash over the URLs exactly as configured. Only to show which entry is `thv`'s. */
export function thvSlotOf(registry: string, issuer: string): string {
  return `REGISTRY_OAUTH_${sha256Hex(`${registry}\0${issuer}`).slice(0, 8)}`;
}

/**
 * Scheme and host in lower case, trailing slashes of the path and the fragment dropped; port, query and userinfo stay as
 * written. By hand, because `new URL(x).href` adds a slash, drops default ports and re-encodes. Text that is no URL with
 * an authority comes back as it is.
 */
export function normaliseUrl(url: string): string {
  const parts = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)([^?#]*)(\?[^#]*)?/i.exec(url);
  if (parts === null) return url;
  const [, scheme = '', authority = '', path = '', query = ''] = parts;
  const hostStart = authority.lastIndexOf('@') + 1;
  const host = authority.slice(hostStart).toLowerCase();
  return scheme.toLowerCase() + authority.slice(0, hostStart) + host + withoutTrailingSlashes(path) + query;
}

/** A loop, not `/\/+$/`, whose backtracking a path of a million slashes turns into minutes. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
