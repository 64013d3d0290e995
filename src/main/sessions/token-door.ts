import type { Clock } from '../base/clock';
import { failed, type Failure, failure, type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';
import type { IdentityService } from './identity-service';
import type { ProviderQueue } from './provider-queue';
import { type RefreshResult, type RefreshServices, refreshSession } from './refresh';
import type { RefreshFacts } from './refresh-schedule';
import type { SessionCore } from './session-core';
import { SessionUse } from './session-use';
import { SharedRefresh } from './shared-refresh';

export interface DoorDependencies {
  readonly identity: Pick<IdentityService, 'prepare' | 'refresh' | 'checkTokenEndpoint'>;
  readonly vault: RefreshServices['vault'];
  readonly clock: Clock;
  /** Where its refreshes wait for their turn at the provider. */
  readonly queue: ProviderQueue;
  readonly turns: RefreshServices['turns'];
}

/** What is answered for a session that was signed out, edited or closed meanwhile. */
const stale: RefreshResult = { kind: 'failed-for-now', failure: failure('OP_STALE') };

/** The one door to a session's access token, and the refreshes behind it. */
export class TokenDoor {
  readonly #core: SessionCore;
  readonly #deps: DoorDependencies;
  readonly #use: SessionUse;
  readonly #refresh: SharedRefresh;

  constructor(core: SessionCore, deps: DoorDependencies) {
    this.#core = core;
    this.#deps = deps;
    this.#use = new SessionUse(deps.clock);
    this.#refresh = new SharedRefresh(deps.clock);
  }

  /** See `Session.accessToken`. */
  accessToken(isForced: boolean): Promise<Result<Secret>> {
    const now = this.#use.note();
    // The path of every request: neither disk nor log nor network, and nothing new in memory.
    return (isForced ? undefined : this.#core.access.fresh(now)) ?? this.#renewed(isForced);
  }

  /** A refresh that nobody waits for: a person sees nothing of its failure unless it ends the session. */
  refreshUnasked(): Promise<RefreshResult> {
    return this.#refreshOnce('nobody');
  }

  /** What the schedule has to know; undefined while there is nothing to refresh. */
  get refreshFacts(): RefreshFacts | undefined {
    const { isRefreshable, refreshedAt, access } = this.#core;
    if (!isRefreshable) return undefined;
    const [usedAt, times] = [this.#use.latest(), access.times()];
    return {
      refreshedAt,
      ...(usedAt !== undefined && { usedAt }),
      ...(times !== undefined && { access: times }),
    };
  }

  /** It stays in use for another hour, as far as the schedule is concerned. */
  countAsUsed(): void {
    this.#use.count();
  }

  /** See {@link SessionUse.lastUsedAt}. */
  lastUsedAt(): number | undefined {
    return this.#use.lastUsedAt();
  }

  /** Settles when no answer is on its way any more. */
  get settled(): Promise<unknown> {
    return this.#refresh.settled;
  }

  async #renewed(isForced: boolean): Promise<Result<Secret>> {
    const { access, held } = this.#core;
    if (held === undefined) return failed('REGISTRY_AUTH_REQUIRED');
    const before = isForced ? undefined : access.valid();
    const refusal = this.#whyNotNow();
    // The schedule refreshes it as soon as that can be; nobody has to wait while the token still works.
    if (before !== undefined && (refusal !== undefined || !this.#deps.queue.hasRoom)) return before;
    if (refusal !== undefined) return { ok: false, failure: refusal };
    const { generation } = this.#core;
    const refreshed = await this.#refreshOnce('somebody');
    if (refreshed.kind === 'refreshed') return success(refreshed.tokens.accessToken);
    const after = isForced || generation !== this.#core.generation ? undefined : access.valid();
    return after ?? { ok: false, failure: refreshed.failure };
  }

  /** Why no refresh is begun at present, not even for somebody who waits. */
  #whyNotNow(): Failure | undefined {
    if (!this.#core.isRefreshable) return failure('NO_REFRESH_TOKEN');
    return this.#refresh.whyNot(this.#core.generation) ?? this.#deps.queue.refusal();
  }

  #refreshOnce(by: 'somebody' | 'nobody'): Promise<RefreshResult> {
    return this.#refresh.join(this.#core.generation, by, () => this.#run());
  }

  async #run(): Promise<RefreshResult> {
    const core = this.#core;
    const { generation } = core;
    const services: RefreshServices = {
      ...this.#deps,
      isWanted: () => generation === core.generation,
      lastUsedAt: () => this.lastUsedAt(),
      onDiscarded: (token) => {
        core.giveBack(token);
      },
    };
    if (this.#refresh.isAwaited) core.apply({ type: 'refresh-started' });
    const outcome = await this.#deps.queue.run(() => refreshSession(services, core.client, core.kept.key));
    if (!services.isWanted()) return stale;
    this.#conclude(outcome);
    return outcome;
  }

  #conclude(outcome: RefreshResult): void {
    const core = this.#core;
    const { isAwaited } = this.#refresh;
    switch (outcome.kind) {
      case 'refreshed':
        this.#refresh.endRest();
        core.publish(outcome.tokens, core.kept.heldAfter(outcome.tokens, core.held), 'refresh-succeeded');
        break;
      case 'failed-for-now':
        if (outcome.restMs !== undefined)
          this.#refresh.rest(core.generation, outcome.restMs, outcome.failure);
        core.apply({ type: isAwaited ? 'refresh-failed' : 'refresh-postponed', failure: outcome.failure });
        break;
      case 'unusable':
        core.apply({ type: isAwaited ? 'unusable' : 'refresh-postponed', failure: outcome.failure });
        break;
      case 'ended':
        core.access.forget();
        if (outcome.claims !== undefined) core.wanted = { claims: outcome.claims };
        core.apply({ type: 'ended', failure: outcome.failure });
    }
  }
}
