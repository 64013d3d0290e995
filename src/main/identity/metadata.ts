import { failed, plainText, success } from '../base/failure';
import type { Failure, Result } from '../base/failure';
import type { AddressRule } from '../base/net';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { isEndpoint, namesLinkLocalPlace, namesPrivatePlace } from './endpoint-rules';
import { supportsS256 } from './pkce-rule';
import { member, parseStrictObject } from '../base/strict-json';
import type { ProviderMetadata } from './types';

export interface CheckedMetadata {
  readonly metadata: ProviderMetadata;
  readonly issAdvertised: boolean;
}

type Document = Readonly<Record<string, unknown>>;

/**
 * Checks a metadata document as a whole before any of it is used, so that nothing fails at first use: the issuer byte
 * for byte (RFC 8414 3.3), every endpoint, PKCE. Only what is used is kept, under names of its own.
 * @param rule where endpoints may be, given where the issuer was found
 */
export function checkMetadata(
  text: string,
  client: OAuthClientSettings,
  rule: AddressRule,
): Result<CheckedMetadata> {
  const document = parseStrictObject(text);
  if (document === undefined) return invalid(client, 'JSON');
  const issuer = member(document, 'issuer');
  if (typeof issuer !== 'string') return invalid(client, 'issuer');
  if (issuer !== client.issuer) return issuerMismatch(client.issuer, issuer);
  const badField = endpointFields(document, client).find(
    ([, value, required]) => (required || !isAbsent(value)) && !isEndpoint(value),
  );
  if (badField !== undefined) return invalid(client, badField[0]);
  const privateHost = privateEndpointHost(document, client, rule);
  if (privateHost !== undefined)
    return failed('DISC_PRIVATE_ENDPOINT', { issuer: client.issuer, host: privateHost });
  if (!supportsS256(member(document, 'code_challenge_methods_supported'), client))
    return failed('DISC_NO_PKCE', { issuer: client.issuer });
  return success({
    metadata: usedPart(document, client.issuer),
    issAdvertised: member(document, 'authorization_response_iss_parameter_supported') === true,
  });
}

const invalid = (client: OAuthClientSettings, field: string): Result<never> =>
  failed('DISC_METADATA_INVALID', { issuer: client.issuer, field: plainText(field) });

/** `suggestion` is set only when the two differ by a trailing slash: everything else may be another company's. */
function issuerMismatch(configured: string, actual: string): Result<never> {
  const params: Failure['params'] = { issuer: configured, actual: plainText(actual) };
  const onlySlash = `${actual}/` === configured || actual === `${configured}/`;
  return failed('DISC_ISSUER_MISMATCH', onlySlash ? { ...params, suggestion: actual } : params);
}

/** Some providers write `null` for what they do not have. */
const isAbsent = (value: unknown): boolean => value === undefined || value === null;

function endpointFields(document: Document, client: OAuthClientSettings): [string, unknown, boolean][] {
  const required = new Set([
    'authorization_endpoint',
    'token_endpoint',
    ...(client.scopes.includes('openid') ? ['jwks_uri'] : []),
  ]);
  const optional = Object.keys(document).filter((name) => name.endsWith('_endpoint') || name === 'jwks_uri');
  return [...new Set([...required, ...optional])].map((name) => [
    name,
    member(document, name),
    required.has(name),
  ]);
}

/** The first endpoint whose URL itself names a forbidden place; names are checked when they are connected to. */
function privateEndpointHost(
  document: Document,
  client: OAuthClientSettings,
  rule: AddressRule,
): string | undefined {
  const urls = endpointFields(document, client).flatMap(([, value]) =>
    typeof value === 'string' ? [new URL(value)] : [],
  );
  return urls.find(
    (url) =>
      namesLinkLocalPlace(url) ||
      (rule === 'public' && url.host !== new URL(client.issuer).host && namesPrivatePlace(url)),
  )?.host;
}

function usedPart(document: Document, issuer: string): ProviderMetadata {
  const text = (name: string): string => {
    const value = member(document, name);
    return typeof value === 'string' ? value : '';
  };
  const optional = (name: keyof ProviderMetadata) => {
    const value = text(name);
    return value === '' ? {} : { [name]: value };
  };
  const algorithms = member(document, 'id_token_signing_alg_values_supported');
  return {
    issuer,
    authorization_endpoint: text('authorization_endpoint'),
    token_endpoint: text('token_endpoint'),
    ...optional('jwks_uri'),
    ...optional('revocation_endpoint'),
    ...optional('end_session_endpoint'),
    ...(Array.isArray(algorithms) && {
      id_token_signing_alg_values_supported: algorithms.filter((entry) => typeof entry === 'string'),
    }),
  };
}
