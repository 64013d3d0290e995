import type { OAuthClientSettings } from '../base/oauth-client-settings';

/**
 * Whether S256 may be relied upon (RFC 7636, RFC 8414 2). A list without it is a no whatever the configuration says; no
 * list at all is a no as well, but for an administrator's word or a provider that is known to support it silently.
 */
export function supportsS256(
  methods: unknown,
  client: Pick<OAuthClientSettings, 'issuer' | 'pkce'>,
): boolean {
  if (methods === undefined || methods === null)
    return client.pkce === 'assume-s256' || supportsSilently(new URL(client.issuer).hostname);
  return Array.isArray(methods) && methods.includes('S256');
}

const entraHosts = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.windows.net',
  'sts.windows.net',
]);
const silentHosts = /(^|\.)(b2clogin\.com|ciamlogin\.com)$|^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

/** Entra ID, its External ID and B2C names, and AWS Cognito. */
const supportsSilently = (host: string): boolean => entraHosts.has(host) || silentHosts.test(host);
