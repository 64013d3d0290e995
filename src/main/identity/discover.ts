import type { Clock } from '../base/clock';
import { failed, success } from '../base/failure';
import type { Result } from '../base/failure';
import { dateSkewSeconds, kindOfAddress } from '../base/net';
import type { AddressRule, Network } from '../base/net';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { isJson, isObject, member, parseJson } from '../base/strict-json';
import { isWebScheme, namesPrivatePlace } from './endpoint-rules';
import { getWithRetries } from './get-with-retries';
import type { RetryOptions } from './get-with-retries';
import { checkMetadata } from './metadata';
import { isMetadataAddress, issuerOfMetadataAddress, metadataAddresses } from './metadata-addresses';
import type { Provider } from './types';

export interface DiscoveryDependencies {
  readonly network: Network;
  readonly clock: Clock;
}

export interface DiscoveryOptions {
  readonly signal?: AbortSignal;
  /** How often each address is asked at most. Default 3; a flow, with a person waiting, asks twice. */
  readonly tries?: number;
  /** Where the issuer itself may be: `public` for one that nobody configured yet, learnt from a public host. Default `any`. */
  readonly addresses?: AddressRule;
}

/**
 * Finds an identity provider's metadata (OIDC Discovery 4, then RFC 8414 3) and checks all of it before anything is
 * used. Fails with a DISC_, NET_, IDP_ or CFG_ISSUER_ code, with OP_STALE when the signal ended it.
 */
export async function discover(
  { network, clock }: DiscoveryDependencies,
  client: OAuthClientSettings,
  { signal, tries = 3, addresses = 'any' }: DiscoveryOptions = {},
): Promise<Result<Provider>> {
  const { issuer } = client;
  if (!URL.canParse(issuer)) return failed('CFG_ISSUER_INVALID', { issuer });
  const issuerUrl = new URL(issuer);
  if (!isWebScheme(issuerUrl)) return failed('CFG_ISSUER_NOT_HTTPS', { issuer });

  let connectedTo: string | undefined;
  const get = (url: string): Promise<Result<Response>> => {
    const options: RetryOptions = {
      network,
      clock,
      tries,
      codes: { tooLarge: 'DISC_TOO_LARGE', forbiddenAddress: 'DISC_PRIVATE_ENDPOINT' },
      ...(signal !== undefined && { signal }),
    };
    const onConnected = (address: string) => (connectedTo = address);
    return getWithRetries(url, { headers: { accept: 'application/json' }, addresses, onConnected }, options);
  };

  if (isMetadataAddress(issuer)) return proposeIssuer(issuer, get);
  const document = await metadataDocument(issuer, get);
  if (!document.ok) return document;
  const { headers } = document.value;
  const rule = ruleForEndpoints(issuerUrl, connectedTo);
  const checked = checkMetadata(await document.value.text(), client, rule);
  if (!checked.ok) return checked;
  const skew = dateSkewSeconds(headers, clock.now());
  return success({
    ...checked.value,
    endpointAddresses: rule,
    ...(skew !== undefined && { dateSkewSeconds: skew }),
  });
}

type Get = (url: string) => Promise<Result<Response>>;

/** The first of the two addresses that has a document; a 4xx answer means "not here". */
async function metadataDocument(issuer: string, get: Get): Promise<Result<Response>> {
  const [first = '', second = ''] = metadataAddresses(issuer);
  const answer = await get(first);
  if (!answer.ok || !isMissing(answer.value)) return answer.ok ? judged(answer.value, first) : answer;
  const other = await get(second);
  if (!other.ok) return other;
  const judgement = judged(other.value, second);
  return judgement.ok ? judgement : failed('DISC_NOT_FOUND', { issuer, url: first });
}

const isMissing = ({ status }: Response): boolean => status >= 400 && status < 500;

function judged(response: Response, url: string): Result<Response> {
  if (response.status >= 300 && response.status < 400) return failed('DISC_REDIRECT', { url });
  if (isMissing(response)) return failed('DISC_NOT_FOUND', { url });
  return response.status === 200 && isJson(response) ? success(response) : failed('DISC_NOT_JSON', { url });
}

/**
 * Hosts learnt from metadata may be private only if the configured issuer's own host is. A proxy hides where it
 * connects; then the issuer's name alone decides.
 */
function ruleForEndpoints(issuer: URL, connectedTo: string | undefined): AddressRule {
  const isPrivate =
    connectedTo === undefined ? namesPrivatePlace(issuer) : kindOfAddress(connectedTo) !== 'public';
  return isPrivate ? 'any' : 'public';
}

/** Where metadata was configured as issuer: what its document says, if that issuer's metadata is really there. */
async function proposeIssuer(address: string, get: Get): Promise<Result<never>> {
  const answer = await get(address);
  const document = answer.ok ? parseJson(await answer.value.text()) : undefined;
  const actual = isObject(document) ? member(document, 'issuer') : undefined;
  const isOfThisDocument =
    typeof actual === 'string' && URL.canParse(actual) && metadataAddresses(actual).includes(address);
  return failed('CFG_ISSUER_IS_METADATA_URL', {
    issuer: address,
    suggestion: isOfThisDocument ? actual : issuerOfMetadataAddress(address),
  });
}
