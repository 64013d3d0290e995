import { z } from 'zod';
import { type Result, success } from '../base/failure';
import { parseStrictObject } from '../base/strict-json';
import { knownProvider, oauthSchema } from '../config';
import { type SignInOffer, unusableOffer } from './sign-in-offer';

const mostServers = 10;
const metadataSchema = z.object({
  resource: z.string().max(2_000),
  authorization_servers: z.array(oauthSchema.shape.issuer).min(1).max(mostServers),
});

/**
 * Protected resource metadata (RFC 9728 2): whom the registry trusts to sign people in, each server once. The document
 * counts only for the registry it speaks of (3.3): `resource` must be the registry's address or a path above it, else one
 * tenant of a host could speak for another. The resource is what a token is to be asked for (RFC 8707); Entra ID refuses
 * that parameter, so it gets none. Failure: REGISTRY_SIGN_IN_INVALID.
 * @param url of the registry
 */
export function readResourceMetadata(text: string, url: string): Result<readonly SignInOffer[]> {
  const document = parseStrictObject(text);
  if (document === undefined) return unusableOffer(url, 'JSON');
  const parsed = metadataSchema.safeParse(document, { error: () => 'refused' });
  if (!parsed.success) return unusableOffer(url, String(parsed.error.issues[0]?.path[0] ?? 'JSON'));
  const { resource, authorization_servers: servers } = parsed.data;
  if (!isResourceOf(resource, url)) return unusableOffer(url, 'resource');
  return success(
    [...new Set(servers)].map((issuer) => ({
      issuer,
      ...(knownProvider(issuer) !== 'entra' && { audience: resource }),
      audienceParameter: 'resource' as const,
    })),
  );
}

/** Whether a resource is a registry's address or a path above it, whole segments at a time; nothing is decoded. */
function isResourceOf(resource: string, url: string): boolean {
  const [above, below] = [URL.parse(resource), URL.parse(url)];
  if (above === null || below?.origin !== above.origin || above.origin === 'null') return false;
  if (above.username !== '' || above.password !== '' || /[?#\s\\]/.test(resource)) return false;
  return `${withoutLastSlash(below.pathname)}/`.startsWith(`${withoutLastSlash(above.pathname)}/`);
}

const withoutLastSlash = (path: string): string => path.replace(/\/$/, '');
