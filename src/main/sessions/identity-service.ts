import type { Clock } from '../base/clock';
import { failed, type Result, success } from '../base/failure';
import type { Network } from '../base/net';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';
import {
  type CallbackListeners,
  checkTokenEndpoint,
  discover,
  type DiscoveryOptions,
  type OnStep,
  type Provider,
  type RefreshOptions,
  type RefreshOutcome,
  refreshTokens,
  revoke,
  type SignInFlow,
  type SignInRequest,
  startSignIn,
  type TokenEndpointState,
} from '../identity';

/** Told while a flow runs. */
export interface SignInListener {
  readonly onStep: OnStep;
  /** A refresh token that came after the flow was cancelled: nobody will use it. */
  readonly onDiscarded: (refreshToken: Secret) => void;
}

/** What sessions need of identity providers. */
export interface IdentityService {
  startSignIn(request: SignInRequest, listener: SignInListener): SignInFlow;
  /** The provider of a client, from memory where it was discovered within the last hour. */
  prepare(client: OAuthClientSettings, options?: DiscoveryOptions): Promise<Result<Provider>>;
  refresh(
    provider: Provider,
    client: OAuthClientSettings,
    refreshToken: Secret,
    options: RefreshOptions,
  ): Promise<RefreshOutcome>;
  /** Whether the token endpoint works, asked without a token. */
  checkTokenEndpoint(provider: Provider, client: OAuthClientSettings): Promise<TokenEndpointState>;
  /**
   * RFC 7009; `not-offered` where the provider has no such endpoint.
   * @param isWanted asked once the provider is found, which can take long: OP_STALE where somebody has signed in meanwhile
   */
  revoke(
    client: OAuthClientSettings,
    refreshToken: Secret,
    isWanted: () => boolean,
  ): Promise<Result<'revoked' | 'not-offered'>>;
}

/** What was learnt of providers so far. */
export interface ProviderMemory {
  /** Whether an issuer names itself in its answers (RFC 9207); undefined while it was not discovered. */
  advertisesIss(issuer: string): boolean | undefined;
  /** The provider of a client as it was discovered last; asks nobody. */
  known(client: OAuthClientSettings): Provider | undefined;
}

export interface IdentityParts {
  readonly network: Network;
  readonly clock: Clock;
  readonly listeners: CallbackListeners;
  readonly openBrowser: (url: string) => Promise<Result<void>>;
}

/** Metadata changes rarely; an hour saves one request per refresh and still notices a move of endpoints the same day. */
const metadataLifetimeMs = 3_600_000;

/** The identity folder's functions with their parts filled in, and a memory of the providers they found. */
export function createIdentityService(parts: IdentityParts): IdentityService & ProviderMemory {
  const found = new Map<string, { readonly provider: Provider; readonly until: number }>();

  const prepare = async (
    client: OAuthClientSettings,
    options?: DiscoveryOptions,
  ): Promise<Result<Provider>> => {
    const known = found.get(keyOf(client));
    if (known !== undefined && parts.clock.monotonic() < known.until) return success(known.provider);
    const discovered = await discover(parts, client, options);
    if (discovered.ok)
      found.set(keyOf(client), {
        provider: discovered.value,
        until: parts.clock.monotonic() + metadataLifetimeMs,
      });
    return discovered;
  };
  /** The provider may have moved its endpoints or changed its mind: whoever tries again finds it as it is now. */
  const doubt = (client: OAuthClientSettings): void => {
    const known = found.get(keyOf(client));
    if (known !== undefined) found.set(keyOf(client), { ...known, until: -Infinity });
  };

  return {
    startSignIn(request, { onStep, onDiscarded }) {
      const flow = startSignIn(
        {
          ...parts,
          findProvider: prepare,
          onDiscarded: (_provider, token) => {
            onDiscarded(token);
          },
        },
        request,
        onStep,
      );
      void flow.result.then((result) => {
        if (!result.ok && result.failure.code !== 'LOGIN_CANCELLED') doubt(request.client);
      });
      return flow;
    },
    prepare,
    advertisesIss: (issuer) =>
      [...found.values()].find(({ provider }) => provider.metadata.issuer === issuer)?.provider.issAdvertised,
    known: (client) => found.get(keyOf(client))?.provider,
    refresh: (provider, client, refreshToken, options) =>
      refreshTokens(parts, provider, client, refreshToken, options),
    checkTokenEndpoint: (provider, client) => checkTokenEndpoint(parts, provider, client),
    async revoke(client, refreshToken, isWanted) {
      const provider = await prepare(client);
      if (!isWanted()) return failed('OP_STALE');
      return provider.ok ? revoke(parts, provider.value, refreshToken, client) : provider;
    },
  };
}

const keyOf = ({ issuer, pkce }: OAuthClientSettings): string => JSON.stringify([issuer, pkce]);
