import { errors, interactionPolicy } from 'oidc-provider';
import type { Configuration } from 'oidc-provider';
import { endpointPaths } from './observation';
import type { IdentityProviderClient, Rotation } from './options';
import { errorPage, signedOutPage } from './pages';
import { personOf } from './people';
import type { Records } from './records';
import type { ProviderState } from './state-file';

export interface ConfigurationOptions {
  readonly company: string;
  /** The issuer's path without a trailing slash. */
  readonly mountPath: string;
  readonly clients: readonly IdentityProviderClient[];
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly rotation: Rotation;
  readonly signingAlgorithm: 'RS256' | 'ES256';
  readonly accessTokenSeconds: () => number;
}

const twoWeeks = 14 * 24 * 3600;

/** The settings of `oidc-provider`: code flow with PKCE for public native clients, and nothing else. */
export function configurationOf(
  options: ConfigurationOptions,
  state: ProviderState,
  records: Records,
): Configuration {
  const scopes = ['openid', 'offline_access', 'email', 'profile', ...options.scopes];
  // A cookie belongs to a host name, whatever the port; the name keeps two providers on 127.0.0.1 apart.
  const cookieSuffix = state.cookieKey.slice(0, 8);
  return {
    adapter: records.adapterFor,
    jwks: { keys: [{ ...state.signingKey, kty: state.signingKey.kty ?? 'RSA' }] },
    cookies: {
      keys: [state.cookieKey],
      names: {
        session: `session_${cookieSuffix}`,
        interaction: `interaction_${cookieSuffix}`,
        resume: `resume_${cookieSuffix}`,
      },
    },
    clients: options.clients.map((client) => ({
      client_id: client.clientId,
      client_name: client.name ?? client.clientId,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: [...client.redirectUris],
      id_token_signed_response_alg: options.signingAlgorithm,
    })),
    clientDefaults: { id_token_signed_response_alg: options.signingAlgorithm },
    routes: { ...endpointPaths },
    scopes,
    claims: {
      openid: ['sub', 'email', 'preferred_username'],
      email: ['email'],
      profile: ['preferred_username'],
    },
    // The ID token itself carries the claims, so that clients need no userinfo request.
    conformIdTokenClaims: false,
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...personOf(sub) }) }),
    pkce: { required: () => true },
    rotateRefreshToken: options.rotation !== 'none',
    // Signing out in the browser does not end the app's session.
    expiresWithSession: () => false,
    extraTokenClaims: (_ctx, token) => ({
      ...('accountId' in token ? personOf(token.accountId) : {}),
      roles: options.roles,
    }),
    extraParams: ['audience'],
    features: {
      devInteractions: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        postLogoutSuccessSource: (ctx) => {
          ctx.body = signedOutPage(options.company);
        },
      },
      resourceIndicators: resourcesOf(options, scopes),
    },
    interactions: {
      policy: policy(),
      url: (_ctx, interaction) => `${options.mountPath}/interaction/${interaction.uid}`,
    },
    ttl: {
      AccessToken: () => options.accessTokenSeconds(),
      AuthorizationCode: 60,
      IdToken: 3600,
      RefreshToken: twoWeeks,
      Grant: twoWeeks,
      Session: twoWeeks,
      Interaction: 3600,
    },
    clientBasedCORS: () => false,
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = errorPage(options.company, out.error, out.error_description ?? '');
    },
  };
}

/** The usual prompts, and `prompt=select_account`, which shows the sign-in page to a signed-in browser. */
function policy(): readonly interactionPolicy.Prompt[] {
  const prompts = interactionPolicy.base();
  prompts.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return prompts;
}

type Features = NonNullable<Configuration['features']>;

/** JWT access tokens for one of our audiences, chosen by `resource`, by `audience`, or by default. */
function resourcesOf(
  { audiences, signingAlgorithm }: ConfigurationOptions,
  scopes: readonly string[],
): NonNullable<Features['resourceIndicators']> {
  const [standard] = audiences;
  return {
    enabled: standard !== undefined,
    defaultResource: (ctx, _client, oneOf) => {
      const asked = ctx.oidc.params?.['audience'];
      return oneOf?.[0] ?? resourceFor(typeof asked === 'string' ? asked : standard);
    },
    // Otherwise `openid` in the scope would make the access token one for the userinfo endpoint.
    useGrantedResource: () => true,
    getResourceServerInfo: (_ctx, resource) => {
      const audience = audiences.find((one) => resourceFor(one) === resource);
      if (audience === undefined) throw new errors.InvalidTarget();
      return {
        audience,
        // Every scope, since the answer's `scope` names those of the API only.
        scope: scopes.join(' '),
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: signingAlgorithm } },
      };
    },
  };
}

/** `oidc-provider` wants a resource to be a URI; an audience can be any text. */
function resourceFor(audience: string | undefined): string | undefined {
  if (audience === undefined || URL.canParse(audience)) return audience;
  return `urn:audience:${encodeURIComponent(audience)}`;
}
