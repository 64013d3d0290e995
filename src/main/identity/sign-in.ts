import type { SignInStep } from '../../contract/view-model';
import type { Clock } from '../base/clock';
import { failed, failure, success } from '../base/failure';
import type { Result } from '../base/failure';
import type { Network } from '../base/net';
import { type OAuthClientSettings, redirectUriOf } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';
import { authorizationRequest } from './authorization-request';
import type { AuthorizationRequest } from './authorization-request';
import type { CallbackListeners, Expectation } from './callback-listeners';
import { authorizationCodeIn } from './callback-response';
import { classify } from './classify';
import type { DiscoveryOptions } from './discover';
import { exchangeCode } from './exchange-code';
import { SignInTimer } from './sign-in-timer';
import type { OnStep, Provider, SignInFlow, SignInRequest, TokenSet } from './types';

export interface SignInDependencies {
  readonly network: Network;
  readonly clock: Clock;
  readonly listeners: Pick<CallbackListeners, 'expect'>;
  /** Discovers, or remembers what was discovered. */
  readonly findProvider: (
    client: OAuthClientSettings,
    options: DiscoveryOptions,
  ) => Promise<Result<Provider>>;
  /** Opens the system's browser; a failure leaves the flow running, as the link can still be copied. */
  readonly openBrowser: (url: string) => Promise<Result<void>>;
  /**
   * Takes a refresh token that arrived after Cancel. It is used for nothing; whoever knows that no other session hangs
   * on it may revoke it.
   */
  readonly onDiscarded?: (provider: Provider, refreshToken: Secret) => void;
}

/** Starts a flow: discover, listen, open the browser, wait, exchange (RFC 8252, RFC 6749 4.1). Never throws. */
export function startSignIn(deps: SignInDependencies, request: SignInRequest, onStep: OnStep): SignInFlow {
  return new Flow(deps, request, onStep);
}

const discoveryTries = 2;

class Flow implements SignInFlow {
  readonly result: Promise<Result<TokenSet>>;
  readonly startedAt: number;
  readonly #deps: SignInDependencies;
  readonly #request: SignInRequest;
  readonly #onStep: OnStep;
  readonly #timer: SignInTimer;
  readonly #abandoned = new AbortController();
  #redirectUri: string;
  #authorization: AuthorizationRequest | undefined;
  #expectation: Expectation | undefined;
  #step: SignInStep = 'opening-browser';
  #settle: (result: Result<TokenSet>) => void = () => undefined;
  #settled = false;

  constructor(deps: SignInDependencies, request: SignInRequest, onStep: OnStep) {
    this.#deps = deps;
    this.#request = request;
    this.#onStep = onStep;
    this.#redirectUri = redirectUriOf(request.client);
    this.startedAt = deps.clock.now();
    this.#timer = new SignInTimer(deps.clock, request.timeoutMs, () => {
      this.#end(failed('LOGIN_TIMEOUT', { redirectUri: this.#redirectUri }));
    });
    this.result = new Promise((resolve) => (this.#settle = resolve));
    void this.#run().then(
      (result) => {
        this.#end(result);
      },
      (thrown: unknown) => {
        this.#end({ ok: false, failure: classify(thrown) });
      },
    );
  }

  cancel(): void {
    this.#end(failed('LOGIN_CANCELLED'));
  }

  extend(): void {
    if (!this.#settled) this.#timer.extend();
  }

  canExtend(): boolean {
    return this.#timer.canExtend;
  }

  deadline(): number {
    return this.#timer.deadline();
  }

  authorizationUrl(): string | undefined {
    return this.#settled ? undefined : this.#authorization?.url;
  }

  async openAgain(): Promise<Result<void>> {
    const url = this.authorizationUrl();
    if (url === undefined) return failed('OP_STALE');
    return this.#open(url);
  }

  async #run(): Promise<Result<TokenSet>> {
    const { network, clock } = this.#deps;
    const { client } = this.#request;
    this.#report('opening-browser');
    const discovered = await this.#deps.findProvider(client, {
      signal: this.#abandoned.signal,
      tries: discoveryTries,
    });
    if (!discovered.ok || this.#isOver()) return discovered.ok ? failed('OP_STALE') : discovered;
    const provider = discovered.value;
    const listening = await this.#listen(provider);
    if (!listening.ok || this.#isOver()) return listening.ok ? failed('OP_STALE') : listening;
    const { authorization, expectation } = listening.value;
    this.#timer.start();
    void this.#open(authorization.url);
    const response = await expectation.response;
    this.#timer.stop();
    this.#report('completing');
    const code = authorizationCodeIn(response, client, provider.issAdvertised);
    if (!code.ok) return code;
    // Not aborted by Cancel: the code is spent, and what it buys has to be known to be given back.
    const exchanged = await exchangeCode({ network, clock, provider, client }, authorization, code.value);
    if (this.#isOver() && exchanged.ok && exchanged.value.refreshToken !== undefined)
      this.#deps.onDiscarded?.(provider, exchanged.value.refreshToken);
    return exchanged;
  }

  /** Binds the port first: a browser that is sent away must find somebody at home when it comes back. */
  async #listen(
    provider: Provider,
  ): Promise<Result<{ authorization: AuthorizationRequest; expectation: Expectation }>> {
    const { client } = this.#request;
    const callbackPath = await this.#request.callbackPath(provider.issAdvertised);
    this.#redirectUri = redirectUriOf({ ...client, callbackPath });
    const authorization = authorizationRequest(provider, this.#request, this.#redirectUri);
    const expected = await this.#deps.listeners.expect(authorization);
    if (!expected.ok) return expected;
    const expectation = expected.value;
    if (this.#isOver()) await expectation.release();
    else {
      this.#expectation = expectation;
      this.#authorization = authorization;
    }
    return success({ authorization, expectation });
  }

  async #open(url: string): Promise<Result<void>> {
    const opened = await this.#deps.openBrowser(url).catch(() => failed('LOGIN_BROWSER_FAILED'));
    const isWaiting = !this.#isOver() && this.#step !== 'completing';
    const problem = opened.ok ? {} : { problem: failure('LOGIN_BROWSER_FAILED') };
    if (isWaiting) this.#report('waiting-for-browser', problem);
    return opened;
  }

  /** A call, not a field, as it changes while something is awaited. */
  #isOver(): boolean {
    return this.#settled;
  }

  #report(step: SignInStep, info: Parameters<OnStep>[1] = {}): void {
    if (this.#settled) return;
    this.#step = step;
    this.#onStep(step, info);
  }

  #end(result: Result<TokenSet>): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#timer.stop();
    this.#abandoned.abort();
    void this.#expectation?.release();
    this.#settle(result);
  }
}
