import { failed, type Result, success } from '../base/failure';
import { type Network, NetworkError, networkFailure } from '../base/net';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { authorizationRequest } from './authorization-request';
import { providerError } from './callback-response';
import type { Provider } from './types';

/** `unclear`: it answers with a page or a detour of its own, as some do before they look at the request. */
type AuthorizationAnswer = 'accepted' | 'unclear';

/** What a provider says that would let this client in, if only somebody were signed in there (OIDC Core 3.1.2.6). */
const onlyNobodyThere = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/**
 * Asks the provider whether it knows the client and the redirect address, as a flow would, but with `prompt=none` and
 * without a browser, so that nobody is signed in (OIDC Core 3.1.2.1). A provider tells a person, and not the app, when it
 * does not (RFC 6749 4.1.2.1): here its refusal is seen. Nothing of an answer is kept; a code in it is never used.
 * CHECK_REDIRECT_REFUSED, CLIENT_REJECTED, SCOPE_REJECTED, LOGIN_IDP_ERROR, IDP_UNAVAILABLE or a NET_ code.
 */
export async function askAuthorization(
  network: Network,
  provider: Provider,
  client: OAuthClientSettings,
  redirectUri: string,
  signal?: AbortSignal,
): Promise<Result<AuthorizationAnswer>> {
  const { url } = authorizationRequest(provider, { client, prompt: 'none' }, redirectUri);
  try {
    const { status, headers } = await network.fetch(url, {
      addresses: provider.endpointAddresses,
      headers: { accept: 'text/html' },
      ...(signal !== undefined && { signal }),
    });
    if (status >= 500 || status === 429) return failed('IDP_UNAVAILABLE', { issuer: client.issuer });
    if (status >= 400) return failed('CHECK_REDIRECT_REFUSED', { issuer: client.issuer, redirectUri });
    return readDetour(headers.get('location') ?? '', { from: url, client, redirectUri });
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const codes = { tooLarge: 'LOGIN_IDP_ERROR', forbiddenAddress: 'DISC_PRIVATE_ENDPOINT' } as const;
    return { ok: false, failure: networkFailure(error, codes) };
  }
}

interface Asked {
  readonly from: string;
  readonly client: OAuthClientSettings;
  readonly redirectUri: string;
}

function readDetour(location: string, { from, client, redirectUri }: Asked): Result<AuthorizationAnswer> {
  const target = URL.parse(location, from);
  if (target === null || location === '' || `${target.origin}${target.pathname}` !== redirectUri)
    return success('unclear');
  const error = target.searchParams.get('error');
  if (error === null || onlyNobodyThere.has(error)) return success('accepted');
  return { ok: false, failure: providerError(error, target.searchParams, client) };
}
