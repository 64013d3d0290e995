import { systemClock } from '../../base/clock';
import type { Clock } from '../../base/clock';
import { success } from '../../base/failure';
import type { Result } from '../../base/failure';
import { createNetwork } from '../../base/net';
import type { Network, NetworkOptions } from '../../base/net';
import type { OAuthClientSettings } from '../../base/oauth-client-settings';
import { finishSignIn } from '../../../../e2e/servers/browser';
import { CallbackListeners } from '../callback-listeners';
import { discover } from '../discover';
import { startSignIn } from '../sign-in';
import type { SignInDependencies } from '../sign-in';
import type { SignInFlow, SignInRequest, TokenSet } from '../types';

/** A client as configuration would give it, at this issuer and on this port. */
export function clientOf(issuer: string, more: Partial<OAuthClientSettings> = {}): OAuthClientSettings {
  return {
    issuer,
    clientId: 'gatepass',
    scopes: ['openid', 'offline_access'],
    audienceParameter: 'none',
    callbackHost: '127.0.0.1',
    callbackPort: 8666,
    callbackPath: '/callback',
    pkce: 'required',
    extraAuthorizeParameters: {},
    ...more,
  };
}

/** The real network, straight to where it is asked to go. */
export const directNetwork = (more: Partial<NetworkOptions> = {}): Network =>
  createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock: systemClock, ...more });

/** A clock whose timers run so many times as fast, for waits that a test cannot wait for. */
export const hurriedClock = (times: number): Clock => ({
  ...systemClock,
  after: (ms, callback) => systemClock.after(ms / times, callback),
});

/** The network, with every deadline shortened to this, for answers that never come. */
export const impatientNetwork = (deadlineMs: number, network = directNetwork()): Network => ({
  fetch: (url, request) => network.fetch(url, { ...request, deadlineMs }),
});

/** A browser with a person in it who signs in at once. */
const signingIn =
  (user = 'alice@acme.example') =>
  async (url: string): Promise<Result<void>> => {
    await finishSignIn(url, { user });
    return success(undefined);
  };

/** A browser that opens the page, and nobody does anything there. */
export const openingOnly = (): Promise<Result<void>> => Promise.resolve(success(undefined));

/** Starts a sign-in with real parts; what a test does not name is as in the app. */
export function start(
  request: Pick<SignInRequest, 'client'> & Partial<SignInRequest>,
  deps: Partial<SignInDependencies> = {},
  onStep: Parameters<typeof startSignIn>[2] = () => undefined,
): SignInFlow {
  const { network = directNetwork(), clock = systemClock } = deps;
  return startSignIn(
    {
      network,
      clock,
      findProvider: (client, options) => discover({ network, clock }, client, options),
      listeners: new CallbackListeners(systemClock),
      openBrowser: signingIn(),
      ...deps,
    },
    {
      timeoutMs: 120_000,
      callbackPath: () => Promise.resolve(request.client.callbackPath),
      ...request,
    },
    onStep,
  );
}

/** The tokens of a sign-in that has to work. */
export async function signIn(
  request: Parameters<typeof start>[0],
  deps?: Partial<SignInDependencies>,
): Promise<TokenSet> {
  const result = await start(request, deps).result;
  if (!result.ok) throw new Error(`The sign-in failed: ${result.failure.code}`);
  return result.value;
}
