import * as oidc from 'openid-client';
import { failure } from '../base/failure';
import type { Failure } from '../base/failure';
import type { NetworkError } from '../base/net';
import type { Secret } from '../base/secret';
import { audienceParameters } from './authorization-request';
import type { AuthorizationRequest } from './authorization-request';
import { classify } from './classify';
import { Grant } from './grant';
import type { GrantOptions } from './grant';
import { isOutage, isWithoutReason, refusal, refusalCode } from './token-errors';
import type { TokenAnswer } from './token-answer';
import type { TokenSet } from './types';

/** How the exchange ended; a refresh token that came with an unusable answer is forgotten. */
export type ExchangeResult =
  { readonly ok: true; readonly value: TokenSet } | { readonly ok: false; readonly failure: Failure };

/**
 * Exchanges an authorization code, once (RFC 6749 4.1.3): a code that was sent and not answered may be used up, and
 * sending it again would make careful providers revoke what it gave.
 */
export async function exchangeCode(
  options: GrantOptions,
  request: AuthorizationRequest,
  code: Secret,
): Promise<ExchangeResult> {
  const { client, provider } = options;
  const { redirectUri, state, nonce, codeVerifier } = request;
  // Built from our own redirect URI: nothing of the request that brought the code but the code itself.
  const callback = new URL(redirectUri);
  callback.search = new URLSearchParams({
    code: code.reveal(),
    state,
    ...(provider.issAdvertised && { iss: client.issuer }),
  }).toString();
  const result = await new Grant(options).run((config) =>
    oidc.authorizationCodeGrant(
      config,
      callback,
      {
        expectedState: state,
        pkceCodeVerifier: codeVerifier.reveal(),
        ...(nonce !== undefined && { expectedNonce: nonce, idTokenExpected: true }),
      },
      audienceParameters(client),
    ),
  );
  switch (result.kind) {
    case 'tokens':
      return { ok: true, value: result.tokens };
    case 'unreadable':
    case 'unusable':
      return { ok: false, failure: result.failure };
    case 'network':
      return { ok: false, failure: lost(result.error, client.issuer) };
    case 'error':
      return {
        ok: false,
        failure: refusal(refusedCode(result.answer), result.answer, client, [
          code.reveal(),
          codeVerifier.reveal(),
        ]),
      };
  }
}

function refusedCode(answer: Extract<TokenAnswer, { kind: 'error' }>): Failure['code'] {
  if (answer.status === 429) return 'IDP_RATE_LIMITED';
  if (isOutage(answer)) return 'IDP_UNAVAILABLE';
  if (isWithoutReason(answer)) return 'LOGIN_CODE_REJECTED';
  return refusalCode(answer, { invalid_grant: 'LOGIN_CODE_REJECTED' }) ?? 'TOKEN_BAD_RESPONSE';
}

/** A network that went away is one thing, whichever way it shows; a certificate or a proxy in the way is another. */
function lost(error: NetworkError, issuer: string): Failure {
  const named = classify(error);
  const isOurs = ['tls', 'proxy-auth', 'too-large', 'forbidden-address'].includes(error.reason);
  return isOurs ? named : failure('LOGIN_INTERRUPTED', { issuer, ...named.params });
}
