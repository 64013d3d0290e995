import { z } from 'zod';
import {
  absolutePath,
  audience,
  callbackPath,
  callbackPort,
  clientId,
  displayName,
  extraParameters,
  hostPattern,
  issuerAddress,
  proxyChoice,
  registryId,
  scope,
  tokenName,
} from './value-rules';

/*
 * The one schema of every configuration file. Readers, problems, docs/configuration.md and (later) the admin templates
 * are made from it; each key is described where it is defined.
 */

export const defaultScopes: readonly string[] = ['openid', 'offline_access'];
export const defaultCallbackPort = 8666;
export const defaultCallbackPath = '/callback';

/** Missing, empty and null all mean the default. */
const scopes = z
  .array(scope)
  .max(100)
  .nullish()
  .transform((given): readonly string[] =>
    given === null || given === undefined || given.length === 0 ? defaultScopes : [...new Set(given)],
  );

export const oauthSchema = z.object({
  issuer: issuerAddress.meta({
    description:
      'The identity provider, exactly as it calls itself in its metadata: compared byte for byte, a trailing slash included. https; http only on this computer.',
    examples: ['https://login.acme.example/realms/main'],
  }),
  client_id: clientId.meta({
    description: 'The id of the public (native) client that the provider issued for this app.',
    examples: ['gatepass'],
  }),
  scopes: scopes.meta({
    description: 'What to ask for. Missing or empty means the default, `[openid, offline_access]`.',
  }),
  audience: audience.optional().meta({
    description: 'The API the token is for, where the provider wants it named.',
    examples: ['api://mcp'],
  }),
  audience_parameter: z.enum(['audience', 'resource', 'none']).optional().meta({
    default: 'audience',
    description:
      'The name under which the audience is sent, in authorization, token and refresh requests alike: `audience`, `resource` (RFC 8707), or not at all. Default in the ToolHive shape: `resource`.',
  }),
  callback_port: callbackPort.default(defaultCallbackPort).meta({
    description: 'The port on this computer that the browser returns to. Another one is never used instead.',
  }),
  callback_host: z.enum(['127.0.0.1', 'localhost']).optional().meta({
    description:
      'The host in the redirect address. Default: `127.0.0.1`; `localhost` for Microsoft Entra ID and AWS Cognito, which accept nothing else, and in the ToolHive shape.',
  }),
  callback_path: callbackPath.optional().meta({
    description:
      'The path of the redirect address. Default: `/callback`; a provider that does not send `iss` (RFC 9207) gets `/callback/` and eight hex digits when another such provider already holds `/callback`.',
    examples: ['/callback'],
  }),
  pkce: z.enum(['required', 'assume-s256']).default('required').meta({
    description:
      'PKCE with S256 is always used. `assume-s256` is for a provider that supports it without saying so in its metadata.',
  }),
  extra_authorize_parameters: extraParameters.default({}).meta({
    description:
      'Sent along with the authorization request, for example `access_type: offline`. Default: none. Parameters that OAuth reserves are refused.',
  }),
});

export const bearerSchema = z.object({
  token_file: absolutePath.optional().meta({
    description: 'A file that holds the token, as an absolute path.',
    examples: ['/run/secrets/mcp-token'],
  }),
  token_ref: tokenName.optional().meta({ description: 'The name of a token that the app stored.' }),
});

export const authTypes = ['oauth', 'bearer', 'none'] as const;

export const authSchema = z.object({
  type: z.enum(authTypes).meta({ description: 'How to sign in to this registry.' }),
  oauth: oauthSchema.optional().meta({ description: 'Required with `type: oauth`.' }),
  bearer: bearerSchema.optional().meta({
    description:
      'For `type: bearer`: at most one of its keys; without one, the token that a person gave to the app. A variable of the environment comes first: see docs/tokens.md.',
  }),
});

export const registrySchema = z.object({
  id: registryId.optional().meta({
    description:
      'Unique, without regard to case. Default: made from the name, else from the host and path of the address.',
    examples: ['acme'],
  }),
  name: displayName.optional().meta({
    description: 'What people read. Default: the host of the address.',
    examples: ['Acme MCP Registry'],
  }),
  url: z.string().meta({
    description:
      'The address; its path is part of the registry’s identity. https, or http on this computer with `allow_private_ip`; no user name, password or fragment.',
    examples: ['https://mcp.acme.example/registry/engineering'],
  }),
  kind: z.enum(['api', 'static']).optional().meta({
    description: 'The MCP Registry API, or a static JSON file. Default: found out from what it answers.',
  }),
  allow_private_ip: z.boolean().default(false).meta({
    description:
      'The registry is inside a private network: private addresses, and http on this computer. Default in a policy: `true`.',
  }),
  auth: authSchema.optional().meta({ description: 'Default: no sign-in.' }),
});

/** An entry of `registries` as it is written in a file. */
export type RegistryEntry = z.input<typeof registrySchema>;

/** Every setting; a dot stands for one level of nesting in the file. */
export const settingSchemas = {
  allow_user_registries: z.boolean().default(true).meta({
    description:
      'Whether people may have registries of their own (and those of ToolHive) beside managed ones.',
  }),
  allowed_issuers: z
    .array(hostPattern)
    .optional()
    .meta({
      description:
        'Hosts of the identity providers that may be used: an exact host, or `*.suffix` for any host below it. Default: all.',
      examples: [['login.acme.example', '*.okta.com']],
    }),
  sign_in_timeout_seconds: z
    .int()
    .min(30)
    .max(900)
    .default(120)
    .meta({ description: 'How long a sign-in waits for the browser.' }),
  hidden_registries: z.array(z.string()).default([]).meta({
    description:
      'Ids of registries from a policy’s defaults or from ToolHive that are put away. Enforced ones cannot be.',
  }),
  'gateway.enabled': z.boolean().default(false).meta({
    description:
      'The local HTTP API through which other programs on this computer read registries (see docs/gateway.md).',
  }),
  'gateway.port': z.int().min(0).max(65_535).default(0).meta({
    description: 'Its port; 0 means any free one. Another one is never used instead.',
  }),
  'gateway.allow_session_control': z.boolean().default(false).meta({
    description: 'Whether programs may start and end sign-ins through it.',
  }),
  theme: z
    .enum(['system', 'light', 'dark'])
    .default('system')
    .meta({ description: 'The look of the app: as the system has it, or always one.' }),
  launch_at_login: z.boolean().default(false).meta({
    description: 'Start when the person logs in to the computer, in the tray and without a window.',
  }),
  keep_running: z.boolean().default(false).meta({
    description:
      'Stay in the tray when the window is closed. The app also stays there while the gateway is on; else closing the window ends it.',
  }),
  notifications: z.boolean().default(true).meta({
    description:
      'Tell by a notification of the system when a session ended, once, and only while the window is not in front.',
  }),
  updates: z.enum(['never']).default('never').meta({
    description:
      'The app never looks for a newer version of itself and never installs one: deliver it as you delivered this one. The only value, for a policy to fix it for later versions too.',
  }),
  proxy: proxyChoice.default('system').meta({
    description:
      'How the network is reached: `system` (as the system says, automatic configuration included), `direct`, or the address of one proxy for everything but this computer itself: `http://`, `https://` or `socks5://`, without user name and password. Counts from the next request on.',
    examples: ['http://proxy.acme.example:8080'],
  }),
  extra_ca_file: absolutePath.optional().meta({
    description:
      'Certificates (PEM) of authorities to trust beside the usual ones, for example the company proxy’s; an absolute path. Only administrators should be able to write the file. It counts from the next connection on, also when it is exchanged; one that cannot be used adds nothing.',
    examples: ['/etc/ssl/acme-proxy.pem'],
  }),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type SettingValues = { readonly [K in SettingKey]: z.output<(typeof settingSchemas)[K]> };

export const settingKeys = Object.keys(settingSchemas) as SettingKey[];

/** The single registry as administrators already deploy it for ToolHive, read as it is. */
export const toolhiveSchema = z.object({
  registry_api_url: z.string().meta({ description: 'The address of a registry with the MCP Registry API.' }),
  registry_url: z.string().meta({ description: 'The address of a static registry file; no sign-in.' }),
  local_registry_path: z.string().meta({ description: 'A file on this computer; not used by this app.' }),
  allow_private_registry_ip: z.boolean().meta({ description: 'As `allow_private_ip`.' }),
  registry_auth: z.object({
    type: z.enum(['oauth', '']).meta({ description: '`oauth`, or empty for none.' }),
    oauth: oauthSchema.extend({
      cached_refresh_token_ref: z.string().meta({
        description: 'Set by ToolHive: it is signed in. Shown, never used.',
      }),
      cached_token_expiry: z.unknown().meta({ description: 'Set by ToolHive. Not used.' }),
    }),
  }),
});

export const currentVersion = 1;
export const versionSchema = z
  .int()
  .min(1)
  .default(currentVersion)
  .meta({ description: 'The version of this format.' });
