import type { ManualClock } from '../../base/manual-clock';
import { Secret } from '../../base/secret';
import { startLifetime } from '../access-token';
import type { ProviderQueue } from '../provider-queue';
import type { RefreshResult } from '../refresh';
import type { RefreshFacts } from '../refresh-schedule';
import type { Refreshable } from '../refresh-scheduler';

/** How a simulated provider answers: by default with tokens of five minutes, after 100 ms. */
export interface SimulatedProvider {
  readonly queue: ProviderQueue;
  lifetimeSeconds: number;
  answersAfterMs: number;
  answer: () => RefreshResult;
  /** Every refresh that reached it: which session, and when by the monotonic clock. */
  readonly asked: { readonly id: string; readonly at: number }[];
  running: number;
  mostAtOnce: number;
}

export function simulatedProvider(queue: ProviderQueue): SimulatedProvider {
  const provider: SimulatedProvider = {
    queue,
    lifetimeSeconds: 300,
    answersAfterMs: 100,
    answer: () => ({
      kind: 'refreshed',
      tokens: {
        accessToken: new Secret('token'),
        expiresInSeconds: provider.lifetimeSeconds,
        missingScopes: [],
      },
    }),
    asked: [],
    running: 0,
    mostAtOnce: 0,
  };
  return provider;
}

/** A session as the schedule sees one, for the thousands and the days that real ones would take too long for. */
export class SimulatedSession implements Refreshable {
  readonly id: string;
  readonly session = this;
  readonly #clock: ManualClock;
  readonly #provider: SimulatedProvider;
  #facts: RefreshFacts;
  #isRunning = false;

  constructor(id: string, clock: ManualClock, provider: SimulatedProvider, facts: RefreshFacts) {
    this.id = id;
    this.#clock = clock;
    this.#provider = provider;
    this.#facts = facts;
  }

  get queue(): ProviderQueue {
    return this.#provider.queue;
  }

  get refreshFacts(): RefreshFacts {
    return this.#facts;
  }

  /** As a sign-in does: tokens come, and somebody uses them. */
  signIn(): this {
    this.#take(this.#provider.lifetimeSeconds);
    this.countAsUsed();
    return this;
  }

  countAsUsed(): void {
    this.#facts = { ...this.#facts, usedAt: this.#clock.monotonic() };
  }

  refreshUnasked(): Promise<RefreshResult> {
    return this.queue.run(() => this.#refresh());
  }

  async #refresh(): Promise<RefreshResult> {
    const provider = this.#provider;
    provider.asked.push({ id: this.id, at: this.#clock.monotonic() });
    provider.running += 1;
    provider.mostAtOnce = Math.max(provider.mostAtOnce, provider.running);
    if (this.#isRunning) throw new Error('One session is refreshed twice at a time');
    this.#isRunning = true;
    await new Promise<void>((resolve) => this.#clock.after(provider.answersAfterMs, resolve));
    this.#isRunning = false;
    provider.running -= 1;
    const result = provider.answer();
    if (result.kind === 'refreshed') this.#take(result.tokens.expiresInSeconds);
    return result;
  }

  #take(lifetimeSeconds: number): void {
    const access = startLifetime(new Secret('token'), lifetimeSeconds, this.#clock);
    this.#facts = { ...this.#facts, access, refreshedAt: this.#clock.monotonic() };
  }
}
