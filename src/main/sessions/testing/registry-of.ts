import type { OAuthClientSettings } from '../../base/oauth-client-settings';
import type { Registry } from '../../config';

/** A registry as configuration would give it. */
export function registryOf(id: string, oauth: OAuthClientSettings): Registry {
  return {
    id,
    name: id,
    url: `https://${id}.example`,
    allowPrivateIp: false,
    auth: { type: 'oauth', oauth, isCallbackPathWritten: false },
    source: 'user',
    location: 'config.yaml',
    locked: false,
    warnings: [],
  };
}
