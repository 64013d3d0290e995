import type { SignInStep } from '../../contract/view-model';
import { failure, type Failure, type Result } from '../base/failure';
import type { SignInFlow, SignInRequest, TokenSet } from '../identity';
import type { IdentityService } from './identity-service';
import type { SessionCore } from './session-core';

export interface SignInOptions {
  /** `another` lets the person choose an account at the provider (`prompt=select_account`). */
  readonly account: 'default' | 'another';
  /** Time to finish in the browser, in milliseconds. */
  readonly timeoutMs: number;
}

export interface SignInDependencies {
  readonly identity: Pick<IdentityService, 'startSignIn'>;
  /** See `SignInRequest.callbackPath`: the mix-up defence among the configured issuers. */
  readonly callbackPath: SignInRequest['callbackPath'];
}

interface Shown {
  readonly step: SignInStep;
  readonly problem?: Failure;
}

/** The sign-in of one session that runs, if one does. Whatever an abandoned one still brings is dropped. */
export class SessionSignIn {
  readonly #core: SessionCore;
  readonly #deps: SignInDependencies;
  #flow: SignInFlow | undefined;
  #shown: Shown = { step: 'opening-browser' };

  constructor(core: SessionCore, deps: SignInDependencies) {
    this.#core = core;
    this.#deps = deps;
  }

  /** The running flow, for "Open again" and "Copy link". */
  get flow(): Pick<SignInFlow, 'openAgain' | 'authorizationUrl'> | undefined {
    return this.#flow;
  }

  /** Opens the browser for a new flow; a second call while one runs joins it. The outcome is told by the state. */
  start({ account, timeoutMs }: SignInOptions): void {
    if (this.#flow !== undefined) return;
    const { client, wanted } = this.#core;
    const prompt = account === 'another' ? 'select_account' : wanted.prompt;
    // The first step is told before the flow is returned.
    const own: { flow?: SignInFlow } = {};
    const flow = this.#deps.identity.startSignIn(
      {
        client,
        timeoutMs,
        callbackPath: this.#deps.callbackPath,
        ...(prompt !== undefined && { prompt }),
        ...(wanted.claims !== undefined && { claims: wanted.claims }),
      },
      {
        onStep: (step, info) => {
          if (own.flow !== undefined) this.#show(own.flow, { step, ...info });
        },
        onDiscarded: (refreshToken) => {
          this.#core.giveBack(refreshToken);
        },
      },
    );
    own.flow = this.#flow = flow;
    this.#show(flow, { step: 'opening-browser' });
    void flow.result.then((result) => this.#finish(flow, account, result));
  }

  /** "More time": 120 s more, up to 15 minutes in all. */
  extend(): void {
    if (this.#flow === undefined) return;
    this.#flow.extend();
    this.#show(this.#flow, this.#shown);
  }

  /** Ends it at once, in whatever step it is. @returns whether there was one */
  abandon(): boolean {
    const flow = this.#flow;
    this.#flow = undefined;
    flow?.cancel();
    return flow !== undefined;
  }

  async #finish(
    flow: SignInFlow,
    account: SignInOptions['account'],
    result: Result<TokenSet>,
  ): Promise<void> {
    if (this.#flow !== flow) return;
    if (!result.ok) {
      this.#fail(result.failure);
      return;
    }
    const core = this.#core;
    const tokens = result.value;
    // Only "Use another account" may put another person in the place of the one who is signed in.
    if (account === 'default' && core.held !== undefined && core.kept.isOfSomebodyElse(tokens)) {
      if (tokens.refreshToken !== undefined) core.giveBack(tokens.refreshToken);
      this.#fail(failure('IDENTITY_CHANGED', { issuer: core.client.issuer }));
      return;
    }
    const held = await core.kept.keep(tokens, () => this.#flow === flow);
    if (this.#flow !== flow) {
      if (tokens.refreshToken !== undefined) core.giveBack(tokens.refreshToken);
      return;
    }
    this.#flow = undefined;
    core.beginGeneration();
    core.wanted = tokens.refreshToken === undefined ? { prompt: 'consent' } : {};
    core.publish(tokens, held, 'sign-in-succeeded');
  }

  #fail(reason: Failure): void {
    this.#flow = undefined;
    this.#core.apply(
      reason.code === 'LOGIN_CANCELLED'
        ? { type: 'sign-in-cancelled' }
        : { type: 'sign-in-failed', failure: reason },
    );
  }

  #show(flow: SignInFlow, shown: Shown): void {
    if (this.#flow !== flow) return;
    this.#shown = shown;
    const { startedAt } = flow;
    this.#core.apply({
      type: 'sign-in-progressed',
      flow: { ...shown, startedAt, deadline: flow.deadline(), canExtend: flow.canExtend() },
    });
  }
}
