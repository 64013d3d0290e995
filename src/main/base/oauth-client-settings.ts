/** How the provider is told which API a token is for: `audience`, RFC 8707 `resource`, or not at all. */
export type AudienceParameter = 'audience' | 'resource' | 'none';

/**
 * One registry's OAuth client, complete: every default is filled in and every value has passed the checks of the
 * configuration schema. Shared by configuration (which makes it), identity and sessions (which use it).
 */
export interface OAuthClientSettings {
  /** The issuer exactly as configured; it is compared byte for byte (OIDC Discovery 4.3, RFC 8414 3.3). */
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly audience?: string;
  readonly audienceParameter: AudienceParameter;
  readonly callbackHost: '127.0.0.1' | 'localhost';
  readonly callbackPort: number;
  /** Begins with `/`. */
  readonly callbackPath: string;
  /** `assume-s256` trusts an administrator's word that an unadvertised S256 works (RFC 7636). */
  readonly pkce: 'required' | 'assume-s256';
  readonly extraAuthorizeParameters: Readonly<Record<string, string>>;
}

/** The redirect URI as it must be registered at the provider (RFC 8252 7.3), built from settings and never from a request. */
export function redirectUriOf(
  client: Pick<OAuthClientSettings, 'callbackHost' | 'callbackPort' | 'callbackPath'>,
): string {
  return `http://${client.callbackHost}:${client.callbackPort}${client.callbackPath}`;
}
