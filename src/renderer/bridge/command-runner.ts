import type { CommandClient, Outcome } from '../../contract/bridge';
import type { Problem } from '../../contract/view-model';
import { Listeners } from './listeners';

/**
 * Sends commands and keeps what was refused, per registry, until the next command or until that registry's session
 * changes. It lives outside the rows, so that an answer is not lost when a row scrolls out of sight.
 */
export class CommandRunner {
  readonly #client: CommandClient;
  readonly #problems = new Map<string, Problem>();
  readonly #changes = new Listeners<[]>();

  constructor(client: CommandClient) {
    this.#client = client;
  }

  /** Runs one command for a registry (or the app, with the empty id). True when main accepted it. */
  async run(registryId: string, call: (client: CommandClient) => Promise<Outcome>): Promise<boolean> {
    this.clear(registryId);
    const outcome = await this.#answer(call);
    if (!outcome.ok) {
      this.#problems.set(registryId, outcome.problem);
      this.#changes.tell();
    }
    return outcome.ok;
  }

  /** Asks main something whose answer is more than done or refused. Undefined when main itself went wrong. */
  async ask<T>(call: (client: CommandClient) => Promise<T>): Promise<T | undefined> {
    try {
      return await call(this.#client);
    } catch {
      return undefined;
    }
  }

  clear(registryId: string): void {
    if (this.#problems.delete(registryId)) this.#changes.tell();
  }

  readonly problem = (registryId: string): Problem | undefined => this.#problems.get(registryId);
  readonly subscribe = (listener: () => void): (() => void) => this.#changes.add(listener);

  async #answer(call: (client: CommandClient) => Promise<Outcome>): Promise<Outcome> {
    try {
      return await call(this.#client);
    } catch {
      // Expected failures come as outcomes; a rejection means that main itself went wrong. Its text may name anything.
      return { ok: false, problem: { code: 'INTERNAL_ERROR', params: {} } };
    }
  }
}
