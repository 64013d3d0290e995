import type { Cancel, Clock } from '../base/clock';

const extensionMs = 120_000;
const longestMs = 15 * 60_000;

/** The time a person has to finish in the browser: it starts when the browser opens and can be extended up to a limit. */
export class SignInTimer {
  readonly #clock: Clock;
  readonly #onEnd: () => void;
  #startedAt: number | undefined;
  #lengthMs: number;
  #stop: Cancel = () => undefined;

  constructor(clock: Clock, lengthMs: number, onEnd: () => void) {
    this.#clock = clock;
    this.#lengthMs = Math.min(lengthMs, longestMs);
    this.#onEnd = onEnd;
  }

  start(): void {
    this.#startedAt ??= this.#clock.monotonic();
    this.#schedule(this.#startedAt);
  }

  get canExtend(): boolean {
    return this.#lengthMs < longestMs;
  }

  extend(): void {
    this.#lengthMs = Math.min(this.#lengthMs + extensionMs, longestMs);
    if (this.#startedAt !== undefined) this.#schedule(this.#startedAt);
  }

  /** Milliseconds since the epoch; before the start, as if it started now. */
  deadline(): number {
    const elapsed = this.#startedAt === undefined ? 0 : this.#clock.monotonic() - this.#startedAt;
    return Math.round(this.#clock.now() + this.#lengthMs - elapsed);
  }

  /** Ends it for good. */
  stop(): void {
    this.#stop();
    this.#startedAt = undefined;
  }

  #schedule(startedAt: number): void {
    this.#stop();
    this.#stop = this.#clock.after(startedAt + this.#lengthMs - this.#clock.monotonic(), this.#onEnd);
  }
}
