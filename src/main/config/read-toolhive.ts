import { failure } from '../base/failure';
import { type OAuthDefaults, type ReadAuth, readOAuth } from './read-auth';
import { readField, reportUnknownKeys } from './read-fields';
import type { Registry } from './registry';
import { finishRegistry, mayBePrivateByDefault, type Origin } from './registry-draft';
import { toolhiveSchema } from './schema';
import { isMapping, type Mapping } from './yaml-values';

export const toolhiveKeys = Object.keys(toolhiveSchema.shape);
export const toolhiveId = 'toolhive';

/** What `thv` sends: the audience as RFC 8707 resource, and `localhost` in the redirect address. */
const toolhiveDefaults: OAuthDefaults = { audienceParameter: 'resource', callbackHost: 'localhost' };

/** Keys that ToolHive keeps beside the client's settings. */
const bookkeeping: ReadonlySet<string> = new Set(['cached_refresh_token_ref', 'cached_token_expiry']);

/**
 * The single registry of a file in ToolHive's shape, read as it is; undefined where there is none. Of several addresses
 * the API's counts, then the static file's; a file on this computer is ToolHive's own business.
 */
export function readToolhiveRegistry(file: Mapping, origin: Origin): Registry | undefined {
  const urlKey = (['registry_api_url', 'registry_url'] as const).find((key) => isWritten(file[key]));
  if (urlKey === undefined) return undefined;
  const { problems } = origin;
  const allowPrivateIp = readField(
    toolhiveSchema.shape.allow_private_registry_ip.optional(),
    file['allow_private_registry_ip'],
    ['allow_private_registry_ip'],
    problems,
  );
  const url = readField(toolhiveSchema.shape[urlKey], file[urlKey], [urlKey], problems);
  const isApi = urlKey === 'registry_api_url';
  return finishRegistry(
    {
      id: toolhiveId,
      name: undefined,
      kind: isApi ? 'api' : 'static',
      url: url.ok ? url.value : undefined,
      urlFailure: url.ok ? undefined : url.failure,
      urlPath: [urlKey],
      allowPrivateIp: allowPrivateIp.ok && (allowPrivateIp.value ?? mayBePrivateByDefault(origin)),
      ...(isApi ? readToolhiveAuth(file['registry_auth'], origin) : { auth: { type: 'none' } }),
      ...(isApi && { isToolhiveSignedIn: isSignedIn(file['registry_auth']) }),
    },
    [urlKey],
    origin,
  );
}

function readToolhiveAuth(raw: unknown, { problems }: Origin): ReadAuth {
  if (!isWritten(raw)) return { auth: { type: 'none' } };
  if (!isMapping(raw)) {
    const refused = failure('CFG_INVALID', { field: 'registry_auth', reason: 'type', expected: 'mapping' });
    problems.report(['registry_auth'], refused);
    return { auth: { type: 'unusable', intended: 'none' }, failure: refused };
  }
  const { shape } = toolhiveSchema.shape.registry_auth;
  reportUnknownKeys(raw, Object.keys(shape), ['registry_auth'], problems);
  const type = readField(shape.type.nullish(), raw['type'], ['registry_auth', 'type'], problems);
  if (!type.ok) return { auth: { type: 'unusable', intended: 'none' }, failure: type.failure };
  if (type.value !== 'oauth') return { auth: { type: 'none' } };
  return readOAuth(writtenOAuth(raw['oauth']), ['registry_auth', 'oauth'], problems, toolhiveDefaults);
}

/** ToolHive writes a typed struct: what is not set may stand there as empty text, zero or null. */
function writtenOAuth(oauth: unknown): unknown {
  if (!isMapping(oauth)) return oauth;
  return Object.fromEntries(
    Object.entries(oauth).filter(([key, value]) => isWritten(value) && value !== 0 && !bookkeeping.has(key)),
  );
}

function isSignedIn(auth: unknown): boolean {
  const oauth = isMapping(auth) ? auth['oauth'] : undefined;
  return isMapping(oauth) && isWritten(oauth['cached_refresh_token_ref']);
}

const isWritten = (value: unknown) => value !== undefined && value !== null && value !== '';
