import * as oidc from 'openid-client';
import type { Clock } from '../base/clock';
import { failure } from '../base/failure';
import type { NetworkError } from '../base/net';
import type { Network } from '../base/net';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';
import { audienceParameters } from './authorization-request';
import { classify } from './classify';
import { Grant } from './grant';
import { isSameIdentity } from './identity-of';
import { isOutage, isWithoutReason, refusal, refusalCode } from './token-errors';
import type { TokenAnswer } from './token-answer';
import type { Identity, Provider, RefreshOutcome, TokenSet } from './types';

export interface RefreshOptions {
  readonly signal?: AbortSignal;
  /**
   * Called with a new refresh token before anything else of the answer is looked at; awaited, so that it is durable
   * before the access token that came with it is used. Must not reject.
   */
  readonly onRotated: (token: Secret) => Promise<void>;
  /** Who the session belongs to, where an ID token said so. */
  readonly expected?: Pick<Identity, 'issuer' | 'subject' | 'tenant'>;
}

/** Uses a refresh token once (RFC 6749 6), on a connection of its own and within 15 s. Never retries. */
export async function refreshTokens(
  { network, clock }: { readonly network: Network; readonly clock: Clock },
  provider: Provider,
  client: OAuthClientSettings,
  refreshToken: Secret,
  { signal, onRotated, expected }: RefreshOptions,
): Promise<RefreshOutcome> {
  let rotated = false;
  const grant = new Grant({
    network,
    clock,
    provider,
    client,
    ...(signal !== undefined && { signal }),
    async onRefreshToken(token) {
      if (token.reveal() === refreshToken.reveal()) return;
      rotated = true;
      await onRotated(token);
    },
  });
  const result = await grant.run((config) =>
    oidc.refreshTokenGrant(config, refreshToken.reveal(), audienceParameters(client)),
  );
  switch (result.kind) {
    case 'tokens':
      return checkedIdentity(result.tokens, refreshToken, rotated, expected);
    case 'unusable':
      return {
        kind: 'unusable',
        rotated,
        failure:
          result.aboutIssuer === true ? failure('IDENTITY_CHANGED', result.failure.params) : result.failure,
      };
    case 'unreadable':
      return { kind: 'unreadable', failure: result.failure };
    case 'network':
      return lost(result.error);
    case 'error':
      return refused(result.answer, client, refreshToken);
  }
}

function checkedIdentity(
  tokens: TokenSet,
  sent: Secret,
  rotated: boolean,
  expected: RefreshOptions['expected'],
): RefreshOutcome {
  const { identity, refreshToken, ...others } = tokens;
  if (expected !== undefined && identity !== undefined && !isSameIdentity(expected, identity))
    return { kind: 'unusable', rotated, failure: failure('IDENTITY_CHANGED', { issuer: expected.issuer }) };
  const isNew = refreshToken !== undefined && refreshToken.reveal() !== sent.reveal();
  return {
    kind: 'ok',
    tokens: {
      ...others,
      ...(identity !== undefined && { identity }),
      ...(isNew && { refreshToken }),
    },
  };
}

function lost(error: NetworkError): RefreshOutcome {
  const failure = classify(error);
  if (!error.sent) return { kind: 'not-sent', failure };
  // An answer that passes the size cap is an answer, though nobody reads it.
  return { kind: error.reason === 'too-large' ? 'unreadable' : 'unknown', failure };
}

function refused(
  answer: Extract<TokenAnswer, { kind: 'error' }>,
  client: OAuthClientSettings,
  sent: Secret,
): RefreshOutcome {
  const failureOf = (code: Parameters<typeof refusal>[0]) => refusal(code, answer, client, [sent.reveal()]);
  const wait = answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs };
  if (answer.status === 429 || answer.error === 'slow_down')
    return { kind: 'later', failure: failureOf('IDP_RATE_LIMITED'), ...wait };
  if (isOutage(answer)) return { kind: 'unknown', failure: failureOf('IDP_UNAVAILABLE'), ...wait };
  if (isWithoutReason(answer)) return { kind: 'refused-without-reason', failure: failureOf('SESSION_ENDED') };
  const code = refusalCode(answer, {
    invalid_grant: 'SESSION_ENDED',
    interaction_required: 'REAUTH_REQUIRED',
    consent_required: 'REAUTH_REQUIRED',
    login_required: 'REAUTH_REQUIRED',
    account_selection_required: 'REAUTH_REQUIRED',
  });
  if (code === undefined) return { kind: 'later', failure: failureOf('TOKEN_BAD_RESPONSE') };
  const claims = code === 'REAUTH_REQUIRED' && answer.claims !== undefined ? { claims: answer.claims } : {};
  return { kind: 'refused', failure: failureOf(code), ...claims };
}
