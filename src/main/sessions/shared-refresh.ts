import type { Clock } from '../base/clock';
import type { Failure } from '../base/failure';
import type { RefreshResult } from './refresh';

/**
 * The one refresh of a session that all its callers share. One that was begun for an earlier generation (before a
 * sign-out or another sign-in) is shared with nobody any more.
 */
export class SharedRefresh {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #running: { readonly generation: number; readonly result: Promise<RefreshResult> } | undefined;
  #isAwaited = false;
  #rest: { readonly generation: number; readonly until: number; readonly failure: Failure } | undefined;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** Whether somebody waits for the running refresh; if not, only the end of the session is worth telling. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** Settles when what runs is over, of whichever generation it is. */
  get settled(): Promise<unknown> {
    return this.#running?.result ?? Promise.resolve();
  }

  /** Joins the running refresh of this generation, or begins one. */
  join(
    generation: number,
    by: 'somebody' | 'nobody',
    begin: () => Promise<RefreshResult>,
  ): Promise<RefreshResult> {
    if (by === 'somebody') this.#isAwaited = true;
    if (this.#running?.generation === generation) return this.#running.result;
    const running = { generation, result: begin() };
    this.#running = running;
    return running.result.finally(() => {
      if (this.#running !== running) return;
      this.#running = undefined;
      this.#isAwaited = false;
    });
  }

  /** The last answer was of no use: nobody is to ask again so soon. */
  rest(generation: number, ms: number, failure: Failure): void {
    this.#rest = { generation, until: this.#clock.monotonic() + ms, failure };
  }

  /** Tokens came. */
  endRest(): void {
    this.#rest = undefined;
  }

  /** Why none is begun at present. */
  whyNot(generation: number): Failure | undefined {
    const rest = this.#rest;
    const isOver = rest?.generation !== generation || rest.until <= this.#clock.monotonic();
    return isOver ? undefined : rest.failure;
  }
}
