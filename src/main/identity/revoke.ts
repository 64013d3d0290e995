import { failed, success } from '../base/failure';
import type { Result } from '../base/failure';
import type { Network } from '../base/net';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';
import { addressRuleFor } from './endpoint-rules';
import type { Provider } from './types';

const deadlineMs = 5000;

/**
 * Asks the provider to revoke a refresh token (RFC 7009), once, within 5 s. Any 2xx will do: providers answer 204 as
 * well. `not-offered` when the provider has no such endpoint, so that what stays valid can be said.
 */
export async function revoke(
  { network }: { readonly network: Network },
  provider: Provider,
  refreshToken: Secret,
  client: Pick<OAuthClientSettings, 'clientId' | 'issuer'>,
): Promise<Result<'revoked' | 'not-offered'>> {
  const url = provider.metadata.revocation_endpoint;
  if (url === undefined) return success('not-offered');
  try {
    const { status } = await network.fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({
        token: refreshToken.reveal(),
        token_type_hint: 'refresh_token',
        client_id: client.clientId,
      }),
      deadlineMs,
      addresses: addressRuleFor(provider, url),
      fresh: true,
    });
    if (status >= 200 && status < 300) return success('revoked');
  } catch {
    // Whatever it was: the token is gone here already, and nothing follows from the reason.
  }
  return failed('REVOKE_FAILED', { issuer: client.issuer });
}
