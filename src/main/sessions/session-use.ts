import type { Clock } from '../base/clock';

/** When one session was used. Noting it is all that most calls do, so it must cost next to nothing. */
export class SessionUse {
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>;
  /** Monotonic milliseconds. */
  #usedAt = -Infinity;
  #countedAt = -Infinity;

  constructor(clock: Pick<Clock, 'now' | 'monotonic'>) {
    this.#clock = clock;
  }

  /** Somebody asked for its token. @returns now, in monotonic milliseconds */
  note(): number {
    return (this.#usedAt = this.#clock.monotonic());
  }

  /** Nobody did, but the schedule takes it for used. */
  count(): void {
    this.#countedAt = this.#clock.monotonic();
  }

  /** For the schedule, in monotonic milliseconds; undefined if there was neither since the start. */
  latest(): number | undefined {
    const latest = Math.max(this.#usedAt, this.#countedAt);
    return latest === -Infinity ? undefined : latest;
  }

  /** When somebody last asked for its token, in milliseconds since the epoch; undefined if nobody has since the start. */
  lastUsedAt(): number | undefined {
    if (this.#usedAt === -Infinity) return undefined;
    return Math.round(this.#clock.now() - (this.#clock.monotonic() - this.#usedAt));
  }
}
