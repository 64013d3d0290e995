import type { Clock } from '../base/clock';
import { failure } from '../base/failure';
import type { Failure } from '../base/failure';
import { NetworkError } from '../base/net';
import type { Network } from '../base/net';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { classify } from './classify';
import { addressRuleFor } from './endpoint-rules';
import { readTokenAnswer } from './token-answer';
import { isOutage, isWithoutReason, refusal } from './token-errors';
import type { Provider } from './types';

/** Whether a token endpoint does its work, as far as can be told without giving it anything to work on. */
export type TokenEndpointState =
  | { readonly kind: 'working' }
  | { readonly kind: 'in-trouble'; readonly failure: Failure; readonly retryAfterMs?: number };

const deadlineMs = 15_000;

/**
 * Asks a token endpoint for nothing: a request with neither grant nor token, which one that works refuses with 400 or
 * 401, or with the name of an error (RFC 6749 5.2). To be asked before a refresh token is risked whose last use was
 * never answered: an outage then costs questions like this one, and not the session.
 */
export async function checkTokenEndpoint(
  { network, clock }: { readonly network: Network; readonly clock: Clock },
  provider: Provider,
  client: OAuthClientSettings,
): Promise<TokenEndpointState> {
  const url = provider.metadata.token_endpoint;
  let response: Response;
  try {
    response = await network.fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ client_id: client.clientId }),
      deadlineMs,
      addresses: addressRuleFor(provider, url),
      fresh: true,
    });
  } catch (error) {
    if (error instanceof NetworkError) return { kind: 'in-trouble', failure: classify(error) };
    throw error;
  }
  const answer = readTokenAnswer(response, await response.text(), clock.now());
  if (answer.kind !== 'error')
    return { kind: 'in-trouble', failure: failure('TOKEN_BAD_RESPONSE', { issuer: client.issuer }) };
  const wait = answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs };
  const inTrouble = (code: Failure['code']): TokenEndpointState => ({
    kind: 'in-trouble',
    failure: refusal(code, answer, client, []),
    ...wait,
  });
  if (answer.status === 429 || answer.error === 'slow_down') return inTrouble('IDP_RATE_LIMITED');
  if (isOutage(answer)) return inTrouble('IDP_UNAVAILABLE');
  const isRefusal = answer.status >= 400 && (answer.error !== undefined || isWithoutReason(answer));
  return isRefusal ? { kind: 'working' } : inTrouble('TOKEN_BAD_RESPONSE');
}
