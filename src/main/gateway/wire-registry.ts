import type { AuthStatus } from '../../contract/view-model';
import type { Registry } from '../config';
import { kindOf } from '../registry';
import type { WireRegistry } from './schemas';

/** A registry as other programs see it. */
export function wireRegistry(registry: Registry, authStatus: AuthStatus): WireRegistry {
  const { id, name, url, source, auth } = registry;
  const type = auth.type === 'unusable' ? auth.intended : auth.type;
  return {
    name: id,
    display_name: name,
    type: kindOf(registry),
    source: url,
    config_source: source,
    auth_status: authStatus,
    auth_type: type === 'none' ? '' : type,
    ...(auth.type === 'oauth' && {
      auth_config: {
        issuer: auth.oauth.issuer,
        client_id: auth.oauth.clientId,
        scopes: [...auth.oauth.scopes],
        ...(auth.oauth.audience !== undefined && { audience: auth.oauth.audience }),
      },
    }),
  };
}
