import { createHash, randomBytes } from 'node:crypto';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { Secret } from '../base/secret';
import type { Provider, SignInRequest } from './types';

/** What one flow sends to the browser and must remember until the callback. */
export interface AuthorizationRequest {
  /** Holds the state: for the browser and the clipboard only. */
  readonly url: string;
  readonly redirectUri: string;
  readonly state: string;
  /** Absent when no ID token is asked for. */
  readonly nonce?: string;
  readonly codeVerifier: Secret;
}

/** A new code-flow request with PKCE S256, state and nonce of 32 random bytes each (RFC 6749 4.1.1, RFC 7636, OIDC Core 3.1.2.1). */
export function authorizationRequest(
  provider: Provider,
  {
    client,
    prompt,
    claims,
  }: Pick<SignInRequest, 'client' | 'claims'> & {
    readonly prompt?: SignInRequest['prompt'] | 'none';
  },
  redirectUri: string,
): AuthorizationRequest {
  const codeVerifier = randomText();
  const state = randomText();
  const nonce = client.scopes.includes('openid') ? randomText() : undefined;
  const url = new URL(provider.metadata.authorization_endpoint);
  const parameters: Record<string, string> = {
    ...client.extraAuthorizeParameters,
    ...audienceParameters(client),
    ...(prompt !== undefined && { prompt }),
    ...(claims !== undefined && { claims }),
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    scope: client.scopes.join(' '),
    state,
    // The library's own waits for a thread, with a person in front of the button.
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(nonce !== undefined && { nonce }),
  };
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(parameters)) query.set(name, value);
  url.search = query.toString();
  return {
    url: url.href,
    redirectUri,
    state,
    ...(nonce !== undefined && { nonce }),
    codeVerifier: new Secret(codeVerifier),
  };
}

/** 32 bytes from the same generator as the library's own, without its detour by way of the Web Crypto API. */
const randomText = (): string => randomBytes(32).toString('base64url');

/** Names the API the tokens are for, in authorization, token and refresh requests alike. */
export function audienceParameters(
  client: Pick<OAuthClientSettings, 'audience' | 'audienceParameter'>,
): Record<string, string> {
  const { audience, audienceParameter } = client;
  return audience === undefined || audienceParameter === 'none' ? {} : { [audienceParameter]: audience };
}
