const openIdSuffix = '/.well-known/openid-configuration';
const oauthInfix = '/.well-known/oauth-authorization-server';

/** Where an issuer's metadata may be, in the order to try (OIDC Discovery 4, RFC 8414 3.1). */
export function metadataAddresses(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [`${origin}${path}${openIdSuffix}`, `${origin}${oauthInfix}${path}`];
}

export const isMetadataAddress = (issuer: string): boolean => issuer.includes('/.well-known/');

/** The issuer that belongs to a metadata address someone configured by mistake. */
export function issuerOfMetadataAddress(address: string): string {
  const { origin, pathname } = new URL(address);
  const [before = '', after = ''] = pathname.split(/\/\.well-known\/[^/]*/, 2);
  return `${origin}${before}${after}`;
}
