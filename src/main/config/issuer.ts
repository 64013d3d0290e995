import { failure, type Failure } from '../base/failure';
import { isLinkLocalHost, isLoopbackHost } from './host';
import { isEntraTemplate, isOktaOrganizationServer, knownProvider } from './known-provider';
import { type AddressParts, addressParts, hostOf, suspiciousHostWarning, unreadableHost } from './url';

/**
 * Checks an issuer before anything is sent to it (OIDC Discovery 1.0, 2; RFC 8414, 2): https, or http on loopback for
 * development; no user name or password, query or fragment. A fault never carries what was written.
 */
export function issuerFault(issuer: string): Failure | undefined {
  const parts = addressParts(issuer);
  if (parts === undefined) return failure('CFG_ISSUER_INVALID', { reason: 'not-an-address' });
  if (parts.scheme !== 'https' && parts.scheme !== 'http') return failure('CFG_ISSUER_NOT_HTTPS');
  if (parts.authority.includes('@')) return failure('CFG_ISSUER_USERINFO');
  const host = hostOf(issuer);
  if (host === undefined) return unreadableHost(issuer) ?? failure('CFG_ISSUER_INVALID', { reason: 'host' });
  if (parts.path.includes('/.well-known/')) return metadataAddressFault(parts);
  if (parts.query !== '' || parts.fragment !== '') return failure('CFG_ISSUER_INVALID', { reason: 'query' });
  if (isLinkLocalHost(host)) return failure('CFG_ISSUER_INVALID', { reason: 'link-local', host });
  if (parts.scheme === 'http' && !isLoopbackHost(host)) return failure('CFG_ISSUER_NOT_HTTPS', { host });
  return unsupportedProvider(issuer, host);
}

/** What is worth saying about an issuer that may be used. */
export function issuerWarnings(issuer: string): Failure[] {
  const organizationServer = isOktaOrganizationServer(issuer)
    ? failure('CFG_ISSUER_ORG_SERVER', { issuer, host: hostOf(issuer) ?? '' })
    : undefined;
  return [suspiciousHostWarning(issuer), organizationServer].filter((warning) => warning !== undefined);
}

/**
 * The library skips its issuer check for such an address, so it is never used as one; the issuer it probably belongs to
 * is proposed instead: the address without `/.well-known/…` (OIDC), or with what follows it as the path (RFC 8414).
 */
function metadataAddressFault({ scheme, authority, path }: AddressParts): Failure {
  const [before = '', after = ''] = path.split('/.well-known/');
  const tenant = before === '' ? after.replace(/^[^/]*/, '') : before;
  const proposed = `${scheme}://${authority}${tenant}`;
  const isUsable = issuerFault(proposed) === undefined;
  return failure('CFG_ISSUER_IS_METADATA_URL', isUsable ? { issuer: proposed } : {});
}

function unsupportedProvider(issuer: string, host: string): Failure | undefined {
  if (isEntraTemplate(issuer))
    return failure('CFG_ISSUER_UNSUPPORTED', { issuer: host, provider: 'Microsoft Entra ID' });
  switch (knownProvider(issuer)) {
    case 'google':
      return failure('CFG_ISSUER_UNSUPPORTED', { issuer: host, provider: 'Google' });
    case 'github':
      return failure('CFG_ISSUER_UNSUPPORTED', { issuer: host, provider: 'GitHub' });
    case 'entra':
    case 'cognito':
    case 'okta':
    case undefined:
      return undefined;
  }
}
