import type { Cancel, Clock } from '../base/clock';

/** Pauses between tries, in milliseconds; the last one repeats. */
const pauses = [1_000, 2_000, 5_000, 10_000, 30_000];

/** Repeats work that failed, ever more slowly, until it succeeds or is stopped. */
export class Backoff {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #work: () => Promise<boolean>;
  #tries = 0;
  #cancel: Cancel | undefined;
  #isStopped = false;

  /** @param work resolves with whether everything is done */
  constructor(clock: Pick<Clock, 'after'>, work: () => Promise<boolean>) {
    this.#clock = clock;
    this.#work = work;
  }

  /** Something failed: work is tried again after the next pause. Calling it again meanwhile changes nothing. */
  schedule(): void {
    if (this.#cancel !== undefined || this.#isStopped) return;
    const pause = pauses[Math.min(this.#tries, pauses.length - 1)] ?? 0;
    this.#tries += 1;
    this.#cancel = this.#clock.after(pause, () => {
      this.#cancel = undefined;
      void this.#work().then((isDone) => {
        if (isDone) this.#tries = 0;
        else this.schedule();
      });
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }
}
