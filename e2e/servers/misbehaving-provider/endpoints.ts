import { createHash } from 'node:crypto';
import { empty, html, json, redirect } from '../answers';
import type { Answer } from '../answers';
import type { EndpointRequest } from '../endpoint';
import { patched } from './behaviour';
import type { Behaviour, Patch } from './behaviour';
import type { GrantBook } from './grant-book';
import type { Profile } from './profile';
import type { SigningKey } from './signing-keys';
import type { TokenMaker } from './token-maker';

export interface EndpointContext {
  readonly profile: Profile;
  readonly behaviour: Behaviour;
  readonly grants: GrantBook;
  readonly tokens: TokenMaker;
  readonly clientId: string;
  readonly issuer: () => string;
  /** Where the endpoints are, without a trailing slash. */
  readonly endpointBase: () => string;
  readonly signingKey: () => SigningKey;
}

export const paths = {
  authorize: '/authorize',
  token: '/token',
  revocation: '/revoke',
  userinfo: '/userinfo',
  jwks: '/jwks',
  endSession: '/logout',
} as const;

export function metadataOf(context: EndpointContext): Patch {
  const { profile, behaviour } = context;
  const at = (path: string) => context.endpointBase() + path;
  const correct = {
    issuer: context.issuer(),
    authorization_endpoint: at(paths.authorize),
    token_endpoint: at(paths.token),
    userinfo_endpoint: at(paths.userinfo),
    jwks_uri: at(paths.jwks),
    end_session_endpoint: at(paths.endSession),
    ...(profile.revocation === 'absent' ? {} : { revocation_endpoint: at(paths.revocation) }),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [profile.signingAlgorithm],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: profile.scopes === 'any' ? ['openid', 'offline_access', 'email'] : profile.scopes,
    code_challenge_methods_supported: ['S256'],
    ...(profile.sendsIss ? { authorization_response_iss_parameter_supported: true } : {}),
  };
  return patched(patched(correct, profile.metadata), behaviour.metadata);
}

export function jwksAnswer({ behaviour, signingKey }: EndpointContext): Answer {
  const { kid, ...bare } = signingKey().publicJwk;
  const own = behaviour.jwksWithKid ? { ...bare, kid } : bare;
  return json(200, { keys: [...behaviour.jwksBefore, own] });
}

/** Consents at once and sends the browser back with a code. */
export function authorizeAnswer(context: EndpointContext, { params }: EndpointRequest): Answer {
  const { profile, behaviour } = context;
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!accepts(profile, redirectUri)) return html(400);
  const asked = (params.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const known = asked.filter((scope) => profile.scopes === 'any' || profile.scopes.includes(scope));
  const state = params.get('state') ?? undefined;
  const iss = profile.sendsIss ? context.issuer() : undefined;
  if (profile.unknownScope === 'error' && known.length < asked.length) {
    const description = `unknown scope ${asked.filter((scope) => !known.includes(scope)).join(' ')}`;
    return callback(redirectUri, { error: 'invalid_scope', error_description: description, state, iss });
  }
  const consented = profile.refreshTokens !== 'with offline_access and consent' || hasConsent(params);
  const granted = consented ? known : known.filter((scope) => scope !== 'offline_access');
  const code = context.grants.issueCode(
    {
      clientId: params.get('client_id') ?? '',
      sub: behaviour.userName,
      scope: granted.join(' '),
      audience: params.get('audience') ?? params.get('resource') ?? undefined,
      nonce: params.get('nonce') ?? undefined,
    },
    redirectUri,
    params.get('code_challenge') ?? '',
  );
  return callback(redirectUri, { code, state, iss, ...behaviour.callback });
}

/** What became of a token request: the body of the success, or the answer of the refusal. */
export type TokenOutcome = { readonly granted: Patch } | { readonly refused: Answer };

/** Does what a token request asks: uses the code or refresh token, replaces the latter, makes new tokens. */
export async function processTokenRequest(
  context: EndpointContext,
  { params }: EndpointRequest,
): Promise<TokenOutcome> {
  const refused = (status: number, error: string) => ({ refused: json(status, { error }) });
  if (context.profile.token !== undefined) return { refused: context.profile.token };
  if (params.get('client_id') !== context.clientId) return refused(401, 'invalid_client');
  switch (params.get('grant_type') ?? '') {
    case 'authorization_code': {
      const challenge = createHash('sha256')
        .update(params.get('code_verifier') ?? '')
        .digest('base64url');
      const code = params.get('code') ?? '';
      const grant = context.grants.useCode(code, params.get('redirect_uri') ?? '', challenge);
      if (grant === undefined) return refused(400, 'invalid_grant');
      return { granted: await context.tokens.forCode(grant) };
    }
    case 'refresh_token': {
      const used = context.grants.useRefreshToken(params.get('refresh_token') ?? '');
      if (used !== undefined) return { granted: await context.tokens.forRefresh(used.grant, used.answered) };
      const dead = context.behaviour.deadRefreshToken ?? context.profile.deadRefreshToken;
      return dead === undefined ? refused(400, 'invalid_grant') : { refused: dead };
    }
    default:
      return refused(400, 'unsupported_grant_type');
  }
}

/** RFC 7009: 200, also for a token it does not know. */
export function revocationAnswer({ profile, grants }: EndpointContext, { params }: EndpointRequest): Answer {
  if (typeof profile.revocation === 'function') return profile.revocation;
  const grant = grants.grantOf(params.get('token') ?? '');
  if (grant === undefined) return empty(200);
  if (profile.revocationEnds === 'its grant') grants.end(grant);
  else grants.endAll(({ sub, clientId }) => sub === grant.sub && clientId === grant.clientId);
  return empty(200);
}

function callback(redirectUri: string, params: Behaviour['callback']): Answer {
  const url = new URL(redirectUri);
  for (const [name, values] of Object.entries(params)) {
    for (const value of [values].flat()) if (value !== undefined) url.searchParams.append(name, value);
  }
  return redirect(url.href);
}

function hasConsent(params: URLSearchParams): boolean {
  return (params.get('prompt') ?? '').split(' ').includes('consent');
}

function accepts({ redirects }: Profile, redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { hostname, protocol } = new URL(redirectUri);
  switch (redirects.kind) {
    case 'any loopback':
      return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
    case 'localhost on any port':
      return protocol === 'http:' && hostname === 'localhost';
    case 'exact':
      return redirects.registered.includes(redirectUri);
  }
}
