import type { RegistryFormValues } from '../../contract/registry-form';
import { defaultCallbackHost } from './known-provider';
import type { Registry } from './registry';
import {
  defaultCallbackPort,
  defaultScopes,
  type oauthSchema,
  type RegistryEntry,
  type registrySchema,
} from './schema';
import { isMapping, type Mapping } from './yaml-values';

/*
 * The Add-registry form and an entry of the file, one made from the other. An empty text of the form is a key that the
 * file does not have, so that saving without a change changes nothing. Nothing is judged here: the reader does that.
 */

/** Parts of an entry that the form does not show and an edit keeps. */
const keptKeys = ['id', 'kind'] as const satisfies readonly (keyof typeof registrySchema.shape)[];
const keptOAuthKeys = [
  'pkce',
  'extra_authorize_parameters',
] as const satisfies readonly (keyof typeof oauthSchema.shape)[];

/** @param written the entry that an edit replaces, as it is in the file */
export function entryOfForm(values: RegistryFormValues, written: Mapping = {}): RegistryEntry {
  const name = values.name.trim();
  const entry = {
    ...kept(written, keptKeys),
    ...(name !== '' && { name }),
    ...text('url', values.url),
    ...(values.allowPrivateIp ? { allow_private_ip: true } : kept(written, ['allow_private_ip'], false)),
    ...authOf(values, mappingOf(written['auth'])),
  };
  // What is missing or wrong is found when the entry is read, by the checks that a loaded file meets.
  return entry as RegistryEntry;
}

/** The form of an entry as it is written, blocked ones included. */
export function formOfEntry(entry: Mapping): RegistryFormValues {
  const auth = mappingOf(entry['auth']);
  const oauth = mappingOf(auth['oauth']);
  const type = auth['type'];
  const scopes = oauth['scopes'];
  const parameter = oauth['audience_parameter'];
  const host = oauth['callback_host'];
  return {
    name: typed(entry['name']),
    url: typed(entry['url']),
    allowPrivateIp: entry['allow_private_ip'] === true,
    authType: type === 'oauth' || type === 'bearer' ? type : 'none',
    issuer: typed(oauth['issuer']),
    clientId: typed(oauth['client_id']),
    scopes: Array.isArray(scopes) ? scopes.map(typed).join(' ') : '',
    audience: typed(oauth['audience']),
    audienceParameter: parameter === 'resource' || parameter === 'none' ? parameter : 'audience',
    callbackHost: host === '127.0.0.1' || host === 'localhost' ? host : 'automatic',
    callbackPort: typed(oauth['callback_port']),
    callbackPath: typed(oauth['callback_path']),
    tokenFile: typed(mappingOf(auth['bearer'])['token_file']),
  };
}

/** The entry that would say what a registry of another source says, to be edited as one's own. */
export function entryOfRegistry(registry: Registry): Mapping {
  const { id, name, url, kind, allowPrivateIp, auth } = registry;
  const common = { id, name, url, kind, ...(allowPrivateIp && { allow_private_ip: true }) };
  if (auth.type === 'none') return common;
  if (auth.type === 'unusable') return { ...common, auth: { type: auth.intended } };
  if (auth.type === 'bearer') {
    const { tokenFile, tokenRef } = auth;
    return { ...common, auth: { type: 'bearer', bearer: { token_file: tokenFile, token_ref: tokenRef } } };
  }
  const { oauth, isCallbackPathWritten } = auth;
  const { issuer, audience, audienceParameter, callbackHost, callbackPort, pkce } = oauth;
  const isDefaultScopes = JSON.stringify(oauth.scopes) === JSON.stringify(defaultScopes);
  const written = {
    issuer,
    client_id: oauth.clientId,
    ...(!isDefaultScopes && { scopes: oauth.scopes }),
    ...(audience !== undefined && { audience }),
    ...(audienceParameter !== 'audience' && { audience_parameter: audienceParameter }),
    ...(callbackHost !== defaultCallbackHost(issuer) && { callback_host: callbackHost }),
    ...(callbackPort !== defaultCallbackPort && { callback_port: callbackPort }),
    ...(isCallbackPathWritten && { callback_path: oauth.callbackPath }),
    ...(pkce !== 'required' && { pkce }),
    ...(Object.keys(oauth.extraAuthorizeParameters).length > 0 && {
      extra_authorize_parameters: oauth.extraAuthorizeParameters,
    }),
  };
  return { ...common, auth: { type: 'oauth', oauth: written } };
}

function authOf(values: RegistryFormValues, written: Mapping): { auth?: Mapping } {
  switch (values.authType) {
    case 'oauth':
      return { auth: { type: 'oauth', oauth: oauthOf(values, mappingOf(written['oauth'])) } };
    case 'bearer':
      return { auth: { type: 'bearer', ...bearerOf(values, mappingOf(written['bearer'])) } };
    case 'none':
      return written['type'] === 'none' ? { auth: { type: 'none' } } : {};
  }
}

/** A file takes the place of a token under a name, which the form does not show and else keeps. */
function bearerOf({ tokenFile }: RegistryFormValues, written: Mapping): Mapping {
  const file = text('token_file', tokenFile);
  const bearer = 'token_file' in file ? file : kept(written, ['token_ref']);
  return Object.keys(bearer).length > 0 ? { bearer } : {};
}

function oauthOf(values: RegistryFormValues, written: Mapping): Mapping {
  const { callbackPort, callbackHost, audienceParameter } = values;
  const scopes = values.scopes.split(/\s+/).filter((scope) => scope !== '');
  const port = callbackPort.trim();
  return {
    ...text('issuer', values.issuer),
    ...text('client_id', values.clientId),
    ...(scopes.length > 0 ? { scopes } : kept(written, ['scopes'], [])),
    ...text('audience', values.audience),
    ...(audienceParameter === 'audience'
      ? kept(written, ['audience_parameter'], 'audience')
      : { audience_parameter: audienceParameter }),
    ...(callbackHost !== 'automatic' && { callback_host: callbackHost }),
    ...(port !== '' && { callback_port: /^\d{1,9}$/.test(port) ? Number(port) : port }),
    ...text('callback_path', values.callbackPath),
    ...kept(written, keptOAuthKeys),
  };
}

/** A key with its text, or nothing where nothing was typed. Spaces around it come from copying. */
function text(key: string, typedText: string): Mapping {
  const trimmed = typedText.trim();
  return trimmed === '' ? {} : { [key]: trimmed };
}

/** Keys that the file has; with `only`, those that have just this value, so that a written default stays written. */
function kept(written: Mapping, keys: readonly string[], only?: unknown): Mapping {
  const entries = keys.flatMap((key) => {
    const value = written[key];
    const isKept =
      value !== undefined && (only === undefined || JSON.stringify(value) === JSON.stringify(only));
    return isKept ? [[key, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

const mappingOf = (value: unknown): Mapping => (isMapping(value) ? value : {});

const typed = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
