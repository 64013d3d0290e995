import type { Configuration, ExportedJWKSCache } from 'openid-client';
import { getJwksCache, setJwksCache } from 'openid-client';
import { isObject, member, parseJson } from '../base/strict-json';
import type { Provider } from './types';

/** Keys last seen at each provider; forgotten with the provider's metadata. */
const lastSeen = new WeakMap<Provider, ExportedJWKSCache>();

/**
 * Lets the library reuse keys it fetched before, but only if the one that signed this ID token is among them: right
 * after a provider rotated its keys the library would else refuse the new one for up to a minute.
 */
export function offerKnownKeys(provider: Provider, config: Configuration, idToken: string): void {
  const known = lastSeen.get(provider);
  const kid = keyIdOf(idToken);
  if (known !== undefined && kid !== undefined && known.jwks.keys.some((key) => key.kid === kid))
    setJwksCache(config, known);
}

export function rememberKeys(provider: Provider, config: Configuration): void {
  const seen = getJwksCache(config);
  if (seen !== undefined) lastSeen.set(provider, seen);
}

/** The `kid` a token names. Not validated yet: it only chooses between asking again and not. */
function keyIdOf(jwt: string): string | undefined {
  const header = parseJson(Buffer.from(jwt.split('.', 1)[0] ?? '', 'base64url').toString());
  const kid = isObject(header) ? member(header, 'kid') : undefined;
  return typeof kid === 'string' ? kid : undefined;
}
