import { normaliseUrl, sha256Hex } from '../base/slot';

/** What a session belongs to, as configured. A token is only ever used for exactly this (RFC 9700 4.10). */
export interface SessionKey {
  readonly registry: string;
  readonly issuer: string;
  readonly clientId: string;
}

/** A session asks for its record a dozen times in one refresh, always with the same key. */
const names = new WeakMap<SessionKey, string>();

/** The full SHA-256 of what identifies a session, in hex: the name of its record. URLs are compared normalised. */
export function recordNameOf(key: SessionKey): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const { registry, issuer, clientId } = key;
  const name = sha256Hex(`${normaliseUrl(registry)}\0${normaliseUrl(issuer)}\0${clientId}`);
  names.set(key, name);
  return name;
}

/** Whether two sessions are of the same issuer and client id, so that a provider may end both with one revocation. */
export function isSameGrant(a: Omit<SessionKey, 'registry'>, b: Omit<SessionKey, 'registry'>): boolean {
  return a.clientId === b.clientId && normaliseUrl(a.issuer) === normaliseUrl(b.issuer);
}
