import { defaultCallbackHost } from './known-provider';
import { toolhiveId } from './read-toolhive';
import type { RegistryEntry } from './schema';
import { hostOf } from './url';
import type { Mapping } from './yaml-values';

/** Top-level keys that make up the registry of a file in ToolHive's shape. */
export const toolhiveRegistryKeys = [
  'registry_api_url',
  'registry_url',
  'allow_private_registry_ip',
  'registry_auth',
] as const;

/**
 * An entry in ToolHive's shape; undefined for what that cannot say: another id, a name, a bearer token. Keys that mean
 * something else there by default are written out.
 */
export function toolhiveShapeOf(entry: RegistryEntry): Mapping | undefined {
  const {
    id = toolhiveId,
    url,
    name = hostOf(url),
    kind = 'api',
    allow_private_ip,
    auth = { type: 'none' },
  } = entry;
  if (id !== toolhiveId || name !== hostOf(url) || auth.type === 'bearer') return undefined;
  if (kind === 'static' && auth.type !== 'none') return undefined;
  return {
    [kind === 'api' ? 'registry_api_url' : 'registry_url']: url,
    ...(allow_private_ip === true && { allow_private_registry_ip: true }),
    ...(auth.type === 'oauth' && { registry_auth: { type: 'oauth', oauth: writtenOut(auth.oauth) } }),
  };
}

function writtenOut(oauth: NonNullable<RegistryEntry['auth']>['oauth']): Mapping {
  if (oauth === undefined) return {};
  return {
    ...oauth,
    callback_host: oauth.callback_host ?? defaultCallbackHost(oauth.issuer),
    ...(oauth.audience !== undefined && { audience_parameter: oauth.audience_parameter ?? 'audience' }),
  };
}
