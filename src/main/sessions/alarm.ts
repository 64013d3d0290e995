import type { Cancel, Clock } from '../base/clock';

/** No ring comes sooner after being set, whatever any provider or clock says: nothing can become a busy loop. */
const shortestRestMs = 1_000;
/** A ring comes at least so often, should nothing else notice that the computer slept. */
const longestRestMs = 300_000;
/** A ring that comes so late was held up by sleep, in which timers may stand still. */
const oversleptMs = 30_000;

/** One timer for everything that waits: the earliest ring that was asked for. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: (overslept: boolean) => void;
  #set: { readonly at: number; readonly cancel: Cancel } | undefined;
  #isStopped = false;

  constructor(clock: Clock, ring: (overslept: boolean) => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Makes sure that it rings within this time, in milliseconds; an earlier ring stays. */
  ringWithin(ms: number): void {
    if (this.#isStopped) return;
    const rest = Math.min(Math.max(ms, shortestRestMs), longestRestMs);
    const at = this.#clock.monotonic() + rest;
    if (this.#set !== undefined && this.#set.at <= at) return;
    this.#set?.cancel();
    const cancel = this.#clock.after(rest, () => {
      this.#set = undefined;
      this.#ring(this.#clock.monotonic() - at > oversleptMs);
    });
    this.#set = { at, cancel };
  }

  /** Forgets what was asked for: after sleep the timer may be behind its time. */
  clear(): void {
    this.#set?.cancel();
    this.#set = undefined;
  }

  /** For good. */
  stop(): void {
    this.#isStopped = true;
    this.clear();
  }
}
