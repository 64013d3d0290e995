import type { Clock } from '../base/clock';
import { type Failure, failure } from '../base/failure';
import type { RefreshResult } from './refresh';

/** So many refreshes run at one provider at a time, however many sessions expire together. */
const mostAtOnce = 4;

/** What a provider is asked to bear at most, and at least, in milliseconds (a `Retry-After` may say anything). */
const longestWaitMs = 300_000;
const shortestWaitMs = 1_000;
/** The first wait after a failure that named none; doubles with each further one. */
const firstWaitMs = 30_000;
/** Jitter: waits are up to this part longer, so that many computers do not come back together. */
const jitter = 0.2;

/**
 * The refreshes of one provider: four at a time, the others in turn, and none while the provider asked to be left alone.
 * A provider in trouble is left alone by background work for longer and longer, while a person's use still tries.
 */
export class ProviderQueue {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #waiting = new Set<() => void>();
  #running = 0;
  #failures = 0;
  #quietUntil = -Infinity;
  #asked: { readonly until: number; readonly failure: Failure } | undefined;

  /** @param random from 0 up to 1 */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Whether one more would start at once. */
  get hasRoom(): boolean {
    return this.#running < mostAtOnce;
  }

  /** Monotonic milliseconds from which on background work may ask the provider. */
  get quietUntil(): number {
    return Math.max(this.#quietUntil, this.#asked?.until ?? -Infinity);
  }

  /** Why the provider must not be asked now, not even for someone who waits: it said so itself. */
  refusal(): Failure | undefined {
    if (this.#asked !== undefined && this.#asked.until <= this.#clock.monotonic()) this.#asked = undefined;
    return this.#asked?.failure;
  }

  /** Runs `refresh` when it is its turn. */
  async run(refresh: () => Promise<RefreshResult>): Promise<RefreshResult> {
    if (this.hasRoom) this.#running += 1;
    else await this.#turn();
    try {
      const result = await refresh();
      this.#note(result);
      return result;
    } finally {
      this.#passOn();
    }
  }

  /** Forgets that the provider was in trouble, because the network is another one now; what it asked for stands. */
  forgive(): void {
    this.#failures = 0;
    this.#quietUntil = -Infinity;
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** The place goes straight to the next in turn, so that nobody who comes now can take it first. */
  #passOn(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }

  #note(result: RefreshResult): void {
    // Any answer but "not now" says that the provider works.
    if (result.kind !== 'failed-for-now') {
      this.forgive();
      return;
    }
    const { retryAfterMs, failure: reason } = result;
    // It was never asked: the session was gone, or the keychain or the disk failed.
    if (reason.code === 'OP_STALE' || reason.code.startsWith('STORE_')) return;
    const wait = this.#waitMs(retryAfterMs);
    this.#failures += 1;
    this.#quietUntil = this.#clock.monotonic() + wait;
    if (retryAfterMs === undefined && reason.code !== 'IDP_RATE_LIMITED') return;
    this.#asked = { until: this.#quietUntil, failure: failure(reason.code, reason.params) };
  }

  #waitMs(asked: number = firstWaitMs * 2 ** Math.min(this.#failures, 10)): number {
    const wait = Math.min(Math.max(asked, shortestWaitMs), longestWaitMs);
    return wait * (1 + jitter * this.#random());
  }
}
