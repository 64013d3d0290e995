import type { Clock } from '../base/clock';
import { type Result, success } from '../base/failure';
import { SerialQueue } from '../base/serial-queue';
import type { SessionEntries } from './session-entries';
import { recordNameOf, type SessionKey } from './session-key';
import type { VanishedFile } from './vanished-file';

/** How long the record of a registry that left the configuration is kept, in milliseconds: 30 days. */
export const retentionMs = 30 * 24 * 60 * 60 * 1000;

/** Which records no configured registry matches, and since when: they are kept for a while, and may live again. */
export class Retention {
  readonly #entries: Pick<SessionEntries, 'all' | 'remove'>;
  readonly #file: Pick<VanishedFile, 'read' | 'write'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #turns = new SerialQueue();
  #since: ReadonlyMap<string, number> = new Map();

  constructor(
    entries: Pick<SessionEntries, 'all' | 'remove'>,
    file: Pick<VanishedFile, 'read' | 'write'>,
    clock: Pick<Clock, 'now'>,
  ) {
    this.#entries = entries;
    this.#file = file;
    this.#clock = clock;
  }

  async load(): Promise<void> {
    this.#since = await this.#file.read();
  }

  /** Milliseconds since the epoch; undefined for a record whose registry is configured. */
  vanishedAt(name: string): number | undefined {
    return this.#since.get(name);
  }

  /** See `Vault.retain`. */
  compare(configured: readonly SessionKey[]): Promise<Result<void>> {
    // One that is older must not say the last word: it would call a registry gone that is there again.
    return this.#turns.run('compare', () => this.#compare(configured));
  }

  /** Resolves when what was compared so far is deleted and written. */
  settled(): Promise<void> {
    return this.#turns.idle();
  }

  async #compare(configured: readonly SessionKey[]): Promise<Result<void>> {
    const now = this.#clock.now();
    const names = new Set(configured.map(recordNameOf));
    const since = new Map<string, number>();
    const expired: string[] = [];
    for (const { name } of this.#entries.all()) {
      if (names.has(name)) continue;
      const at = Math.min(this.#since.get(name) ?? now, now);
      if (now - at >= retentionMs) expired.push(name);
      else since.set(name, at);
    }
    for (const name of expired) await this.#entries.remove(name);
    const before = this.#since;
    this.#since = since;
    const isSame = since.size === before.size && [...since].every(([name, at]) => before.get(name) === at);
    return isSame ? success(undefined) : this.#file.write(since);
  }
}
