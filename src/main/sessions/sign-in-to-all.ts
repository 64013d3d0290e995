import { failed, type Result, success } from '../base/failure';
import type { SessionEvent } from './state';

interface Services {
  /** Starts one registry's sign-in; its outcome comes back through {@link SignInToAll.noteEvent}. */
  readonly signIn: (registryId: string) => Result<void>;
  /** Asked again when a registry's turn comes, as it may have been signed in by hand meanwhile. */
  readonly needsSignIn: (registryId: string) => boolean;
}

/** One row of sign-ins: the one that runs, and those that follow it. */
interface Run {
  current: string;
  waiting: readonly string[];
}

/**
 * "Sign in to all": one registry after another, so that the browser asks once and then remembers. The first one that is
 * refused, cancelled or not finished in time ends the row: nobody wants the same refusal five times.
 */
export class SignInToAll {
  readonly #services: Services;
  readonly #runs = new Set<Run>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Begins with the first registry that needs it; joins a row that is already at one of them. OP_STALE: none needs it. */
  start(registryIds: readonly string[]): Result<void> {
    if ([...this.#runs].some(({ current }) => registryIds.includes(current))) return success(undefined);
    const [first, ...waiting] = registryIds.filter((id) => this.#services.needsSignIn(id));
    if (first === undefined) return failed('OP_STALE');
    return this.#begin({ current: first, waiting });
  }

  /** To be told of every session's events. */
  noteEvent(registryId: string, { type }: SessionEvent): void {
    const run = this.#runAt(registryId);
    if (run === undefined) return;
    if (type === 'sign-in-succeeded') this.#goOn(run);
    else if (type === 'sign-in-failed' || type === 'sign-in-cancelled' || type === 'signed-out')
      this.#runs.delete(run);
  }

  /** To be told of a registry whose session is gone: edited, removed or blocked. No event of it will come any more. */
  noteGone(registryId: string): void {
    const run = this.#runAt(registryId);
    if (run !== undefined) this.#runs.delete(run);
  }

  #goOn(run: Run): void {
    this.#runs.delete(run);
    const [next, ...waiting] = run.waiting.filter((id) => this.#services.needsSignIn(id));
    if (next !== undefined) this.#begin({ current: next, waiting });
  }

  /** Noted before it starts, since a flow tells its first step at once. */
  #begin(run: Run): Result<void> {
    this.#runs.add(run);
    const started = this.#services.signIn(run.current);
    if (!started.ok) this.#runs.delete(run);
    return started;
  }

  #runAt(registryId: string): Run | undefined {
    return [...this.#runs].find(({ current }) => current === registryId);
  }
}
