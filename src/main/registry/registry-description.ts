import { type Result, success } from '../base/failure';
import { parseStrictObject } from '../base/strict-json';
import { oauthSchema } from '../config';
import { type SignInOffer, unusableOffer } from './sign-in-offer';

/** The keys that ToolHive's description has, by the rules for the same keys of a configuration file. */
const descriptionSchema = oauthSchema
  .pick({ issuer: true, client_id: true, scopes: true, audience: true })
  .partial({ client_id: true });

/** zod's messages would repeat what a stranger wrote. */
const withoutMessages = { error: () => 'refused' };

/**
 * What `/.well-known/toolhive-registry` says, with what `thv` does by default: the audience is sent as RFC 8707
 * `resource`, and the redirect address names `localhost`. One bad value makes all of it unusable, since a dropped audience
 * would mean a broader token. Failure: REGISTRY_SIGN_IN_INVALID.
 * @param url of the registry
 */
export function readDescription(text: string, url: string): Result<SignInOffer> {
  const document = parseStrictObject(text);
  if (document === undefined) return unusableOffer(url, 'JSON');
  const given = Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null));
  const parsed = descriptionSchema.safeParse(given, withoutMessages);
  if (!parsed.success) return unusableOffer(url, String(parsed.error.issues[0]?.path[0] ?? 'JSON'));
  const { issuer, client_id: clientId, scopes, audience } = parsed.data;
  return success({
    issuer,
    ...(clientId !== undefined && { clientId }),
    ...(given['scopes'] !== undefined && { scopes }),
    ...(audience !== undefined && { audience }),
    audienceParameter: 'resource',
    callbackHost: 'localhost',
  });
}
