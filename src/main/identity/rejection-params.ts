import type { Code } from '../../contract/codes';
import type { Failure } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';

/** What the sentence of a refusal names: the scopes and audience asked for where these were refused. */
export function rejectionParams(code: Code, client: OAuthClientSettings): Failure['params'] {
  const { issuer, clientId, scopes, audience } = client;
  if (code === 'SCOPE_REJECTED')
    return { issuer, scope: scopes.join(' '), ...(audience !== undefined && { audience }) };
  return code === 'CLIENT_REJECTED' ? { issuer, name: clientId } : { issuer };
}
