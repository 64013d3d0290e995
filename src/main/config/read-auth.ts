import type { z } from 'zod';
import type { AuthType } from '../../contract/view-model';
import { failure, type Failure } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { defaultCallbackHost } from './known-provider';
import type { Problems } from './problems';
import { readField, readFields, reportUnknownKeys } from './read-fields';
import type { RegistryAuth } from './registry';
import { authSchema, bearerSchema, defaultCallbackPath, oauthSchema } from './schema';
import type { Path } from './yaml-file';
import { isMapping } from './yaml-values';

/** A way to sign in; `failure` when something in it is wrong, which blocks the registry. */
export interface ReadAuth {
  readonly auth: RegistryAuth;
  readonly failure?: Failure;
}

/** What the ToolHive shape means where it says nothing; everything else is the same. */
export type OAuthDefaults = Partial<Pick<OAuthClientSettings, 'audienceParameter' | 'callbackHost'>>;

/** Reads `auth` of a registry. Anything wrong in it makes the whole unusable: a dropped part could mean a broader token. */
export function readAuth(raw: unknown, path: Path, problems: Problems): ReadAuth {
  if (raw === undefined) return { auth: { type: 'none' } };
  if (!isMapping(raw)) return refused('none', path, { reason: 'type', expected: 'mapping' }, problems);
  reportUnknownKeys(raw, Object.keys(authSchema.shape), path, problems);
  const type = readField(authSchema.shape.type, raw['type'], [...path, 'type'], problems);
  if (!type.ok) return { auth: { type: 'unusable', intended: 'none' }, failure: type.failure };
  switch (type.value) {
    case 'none':
      return { auth: { type: 'none' } };
    case 'bearer':
      return readBearer(raw['bearer'], [...path, 'bearer'], problems);
    case 'oauth':
      return readOAuth(raw['oauth'], [...path, 'oauth'], problems);
  }
}

export function readOAuth(
  raw: unknown,
  path: Path,
  problems: Problems,
  defaults: OAuthDefaults = {},
): ReadAuth {
  if (!isMapping(raw)) return refused('oauth', path, { reason: 'type', expected: 'mapping' }, problems);
  const { complete, failures } = readFields(oauthSchema.shape, raw, path, problems);
  if (complete === undefined) return unusable('oauth', failures);
  const isCallbackPathWritten = complete.callback_path !== undefined;
  return { auth: { type: 'oauth', oauth: clientSettings(complete, defaults), isCallbackPathWritten } };
}

function clientSettings(values: z.output<typeof oauthSchema>, defaults: OAuthDefaults): OAuthClientSettings {
  const { issuer, client_id: clientId, scopes, audience, pkce } = values;
  return {
    issuer,
    clientId,
    scopes,
    ...(audience !== undefined && { audience }),
    audienceParameter: values.audience_parameter ?? defaults.audienceParameter ?? 'audience',
    callbackHost: values.callback_host ?? defaults.callbackHost ?? defaultCallbackHost(issuer),
    callbackPort: values.callback_port,
    callbackPath: values.callback_path ?? defaultCallbackPath,
    pkce,
    extraAuthorizeParameters: values.extra_authorize_parameters,
  };
}

function readBearer(raw: unknown, path: Path, problems: Problems): ReadAuth {
  if (raw === undefined) return { auth: { type: 'bearer' } };
  if (!isMapping(raw)) return refused('bearer', path, { reason: 'type', expected: 'mapping' }, problems);
  const { complete, failures } = readFields(bearerSchema.shape, raw, path, problems);
  if (complete === undefined) return unusable('bearer', failures);
  const { token_file: tokenFile, token_ref: tokenRef } = complete;
  if (tokenFile !== undefined && tokenRef !== undefined)
    return refused('bearer', path, { reason: 'one-of', expected: 'token_file, token_ref' }, problems);
  return {
    auth: {
      type: 'bearer',
      ...(tokenFile !== undefined && { tokenFile }),
      ...(tokenRef !== undefined && { tokenRef }),
    },
  };
}

function unusable(intended: AuthType, failures: ReadonlyMap<unknown, Failure>): ReadAuth {
  const [first = failure('CFG_INVALID')] = failures.values();
  return { auth: { type: 'unusable', intended }, failure: first };
}

function refused(intended: AuthType, path: Path, params: Failure['params'], problems: Problems): ReadAuth {
  const refusal = failure('CFG_INVALID', { field: String(path.at(-1)), ...params });
  problems.report(path, failure('CFG_INVALID', params));
  return { auth: { type: 'unusable', intended }, failure: refusal };
}
