import { systemClock } from '../../base/clock';
import type { OAuthClientSettings } from '../../base/oauth-client-settings';
import type { Network } from '../../base/net';
import type { Secret } from '../../base/secret';
import { discover } from '../discover';
import { refreshTokens } from '../refresh-tokens';
import type { RefreshOptions } from '../refresh-tokens';
import type { SignInDependencies } from '../sign-in';
import type { Provider, RefreshOutcome, TokenSet } from '../types';
import { clientOf, directNetwork, signIn } from './client';
import { freePort } from '../../../../e2e/servers/free-port';

/** A session as the app holds one: it can be refreshed, and keeps what came back. */
export interface HeldSession {
  readonly client: OAuthClientSettings;
  readonly provider: Provider;
  readonly tokens: TokenSet;
  /** The refresh token that has to be used next. */
  current(): Secret;
  /** Every new refresh token, in the order they were handed over. */
  readonly rotated: readonly Secret[];
  /** @param options.token another token than {@link current} */
  refresh(
    options?: Partial<RefreshOptions> & { readonly network?: Network; readonly token?: Secret },
  ): Promise<RefreshOutcome>;
}

/** Signs in and discovers, both for real. */
export async function holdSession(
  issuer: string,
  more: Partial<OAuthClientSettings> = {},
  deps?: Partial<SignInDependencies>,
): Promise<HeldSession> {
  const network = directNetwork();
  const client = clientOf(issuer, { callbackPort: await freePort(), ...more });
  const tokens = await signIn({ client }, deps);
  const discovered = await discover({ network, clock: systemClock }, client);
  const first = tokens.refreshToken;
  if (!discovered.ok || first === undefined) throw new Error('No session to hold');
  const provider = discovered.value;
  const rotated: Secret[] = [];
  const current = () => rotated.at(-1) ?? first;
  return {
    client,
    provider,
    tokens,
    current,
    rotated,
    refresh: ({ network: other, token = current(), ...options } = {}) =>
      refreshTokens({ network: other ?? network, clock: systemClock }, provider, client, token, {
        ...(tokens.identity !== undefined && { expected: tokens.identity }),
        onRotated: (next) => {
          rotated.push(next);
          return Promise.resolve();
        },
        ...options,
      }),
  };
}
