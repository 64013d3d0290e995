import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { Secret } from '../base/secret';
import { missingScopes } from './missing-scopes';
import type { TokenAnswer } from './token-answer';
import type { Identity, TokenSet } from './types';

/** A clock that is off by more than this will confuse other programs as well. */
const noteworthySkewSeconds = 300;

/** What a response gave, once everything in it is validated. */
export function tokenSet(
  answer: Extract<TokenAnswer, { kind: 'tokens' }>,
  identity: Identity | undefined,
  client: OAuthClientSettings,
  skewSeconds: number,
): TokenSet {
  const { fields, expiresInSeconds, refreshToken } = answer;
  return {
    accessToken: new Secret(fields.access_token),
    expiresInSeconds,
    missingScopes: missingScopes(client.scopes, fields.scope),
    ...(refreshToken !== undefined && { refreshToken }),
    ...(identity !== undefined && { identity }),
    ...(fields.scope !== undefined && { grantedScope: fields.scope }),
    ...(Math.abs(skewSeconds) >= noteworthySkewSeconds && { clockSkewSeconds: skewSeconds }),
  };
}
