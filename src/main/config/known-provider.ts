import { addressParts, hostOf } from './url';

/** Providers that need special treatment, told apart by the host of the issuer. */
export type KnownProvider = 'entra' | 'cognito' | 'okta' | 'google' | 'github';

const hosts: readonly (readonly [KnownProvider, RegExp])[] = [
  [
    'entra',
    /^(login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn|windows\.net)|sts\.windows\.net)$|\.(b2clogin|ciamlogin)\.com$/,
  ],
  ['cognito', /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/],
  ['okta', /\.(okta|oktapreview|okta-emea|okta-gov)\.com$/],
  ['google', /^accounts\.google\.com$/],
  ['github', /^(.+\.)?(github\.com|githubusercontent\.com|ghe\.com)$/],
];

/** The provider behind an issuer, where its host says so. */
export function knownProvider(issuer: string): KnownProvider | undefined {
  const host = hostOf(issuer)?.replace(/\.$/, '');
  return host === undefined ? undefined : hosts.find(([, pattern]) => pattern.test(host))?.[0];
}

/** Entra ID and Cognito accept only `http://localhost` as a loopback address. */
export function defaultCallbackHost(issuer: string): '127.0.0.1' | 'localhost' {
  const provider = knownProvider(issuer);
  return provider === 'entra' || provider === 'cognito' ? 'localhost' : '127.0.0.1';
}

/** Okta's organization server issues tokens for Okta's own APIs only; those for others come from `/oauth2/…`. */
export function isOktaOrganizationServer(issuer: string): boolean {
  return knownProvider(issuer) === 'okta' && !addressParts(issuer)?.path.startsWith('/oauth2/');
}

/** Entra ID's templates: their metadata names another issuer for each tenant, so no answer can be told from a wrong one. */
export function isEntraTemplate(issuer: string): boolean {
  const tenant = addressParts(issuer)?.path.split('/')[1]?.toLowerCase();
  return knownProvider(issuer) === 'entra' && (tenant === 'common' || tenant === 'organizations');
}
