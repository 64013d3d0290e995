import type { Clock } from '../base/clock';
import { failed, type Failure, type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';
import { Backoff } from './backoff';
import type { DataKey } from './data-key';
import type { DataKeyKeeper, KeyPurpose } from './data-key-keeper';
import type { WritePurpose } from './fault-points';
import { clearFile, type RecordFile, sealedFile, unsealedToken } from './record-file';
import type { LoadedRecords, RecordStore } from './record-store';
import { SerialQueue } from '../base/serial-queue';
import { sessionOnDisk, type SessionEntry } from './session-entry';
import { type SessionRecord, withoutAttempt } from './session-record';

export interface EntriesDependencies {
  readonly records: RecordStore;
  readonly keys: Pick<DataKeyKeeper, 'key'>;
  readonly clock: Clock;
}

/** Failures that time or room on the disk heal; a missing key is waited for elsewhere, without asking again and again. */
const retried: readonly Failure['code'][] = ['STORE_FULL', 'STORE_WRITE_FAILED'];

/**
 * The sessions in memory and their records on disk, kept equal: what could not be written is written later. Work on one
 * session runs in order; nothing in that queue waits for a keychain, so that a sign-out never does.
 */
export class SessionEntries {
  readonly #deps: EntriesDependencies;
  readonly #queue = new SerialQueue();
  readonly #entries = new Map<string, SessionEntry>();
  readonly #undeleted = new Set<string>();
  readonly #removals = new Map<string, number>();
  readonly #backoff: Backoff;
  readonly #behindListeners = new Set<() => void>();
  #loaded: Promise<Result<LoadedRecords>> | undefined;
  /** Names of records that may be there all the same; `all` where their folder could not be listed. */
  #unseen: ReadonlySet<string> | 'all' = new Set();

  constructor(deps: EntriesDependencies) {
    this.#deps = deps;
    this.#backoff = new Backoff(deps.clock, () => this.catchUp());
  }

  /** Reads all headers, once. */
  load(): Promise<Result<LoadedRecords>> {
    this.#loaded ??= this.#deps.records.load().then((loaded) => {
      for (const [name, record] of loaded.ok ? loaded.value.records : [])
        this.#entries.set(name, sessionOnDisk(name, record));
      this.#unseen = loaded.ok ? loaded.value.unread : 'all';
      return loaded;
    });
    return this.#loaded;
  }

  /** Calls back when the disk falls behind with a session, for another reason than before, or has caught up. */
  onBehind(listener: () => void): void {
    this.#behindListeners.add(listener);
  }

  all(): SessionEntry[] {
    return [...this.#entries.values()];
  }

  get(name: string): SessionEntry | undefined {
    return this.#entries.get(name);
  }

  /** False where their folder could not be listed: what is here is then not all there is. */
  get areListed(): boolean {
    return this.#unseen !== 'all';
  }

  /** Whether there may be a record that could not be read, and that nothing has taken the place of since. */
  isUnseen(name: string): boolean {
    if (this.#entries.has(name) || this.removals(name) > 0) return false;
    return this.#unseen === 'all' || this.#unseen.has(name);
  }

  isCurrent(entry: SessionEntry): boolean {
    return this.#entries.get(entry.name) === entry;
  }

  set(entry: SessionEntry): void {
    this.#entries.set(entry.name, entry);
    this.#undeleted.delete(entry.name);
  }

  /** How often a session was signed out: another number means that one was, while something else ran. */
  removals(name: string): number {
    return this.#removals.get(name) ?? 0;
  }

  /** Runs work on one session's file in turn. It must not wait for a key. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#queue.run(name, work);
  }

  /**
   * Writes an entry as it is by the time it is its turn. Success means the disk holds it durably; after a failure memory
   * goes on holding it, and writing is tried again.
   */
  async persist(
    entry: SessionEntry,
    purpose: WritePurpose,
    keyPurpose: KeyPurpose = 'use',
  ): Promise<Result<void>> {
    const key = entry.record.ended === undefined ? await this.#deps.keys.key(keyPurpose) : undefined;
    if (key?.ok === false) return this.#leaveBehind(entry, key.failure);
    return this.inTurn(entry.name, async () => {
      if (!this.isCurrent(entry)) return failed('OP_STALE');
      return this.write(entry, key?.value, purpose, () => this.isCurrent(entry));
    });
  }

  /** The write itself; to be called in turn. */
  async write(
    entry: SessionEntry,
    key: DataKey | undefined,
    purpose: WritePurpose,
    isWanted: () => boolean,
  ): Promise<Result<void>> {
    const { version, record, token } = entry;
    const bytes = bytesOf(record, token, key);
    // Nothing to write: an earlier write in the queue took this change along.
    if (bytes === undefined)
      return entry.behind === undefined ? success(undefined) : { ok: false, failure: entry.behind };
    const moved = entry.setsTokenAside ? await this.#deps.records.keepCopy(entry.name) : undefined;
    entry.setsTokenAside &&= moved?.ok === false;
    const written =
      moved?.ok === false ? moved : await this.#deps.records.write(entry.name, bytes, purpose, isWanted);
    if (!written.ok)
      return written.failure.code === 'OP_STALE' ? written : this.#leaveBehind(entry, written.failure);
    entry.isOnDisk = true;
    if (entry.version === version) {
      entry.token = undefined;
      this.#setBehind(entry, undefined);
    }
    return written;
  }

  /** The current token of an entry; to be called in turn. A record that does not open is set aside. */
  async tokenOf(entry: SessionEntry, key: DataKey | undefined): Promise<Result<Secret>> {
    if (entry.token !== undefined) return success(entry.token);
    if (entry.record.ended !== undefined) return failed(entry.record.ended.code);
    const file = await this.#deps.records.read(entry.name);
    if (!file.ok && file.failure.code !== 'STORE_UNREADABLE') return file;
    const token = file.ok && key !== undefined ? unsealedToken(file.value, key) : undefined;
    if (token !== undefined) return success(token);
    const ended = await this.#deps.records.setAside(entry.name);
    entry.record = ended ?? {
      ...withoutAttempt(entry.record),
      ended: { code: 'STORE_UNREADABLE', at: this.#deps.clock.now() },
    };
    return failed('STORE_UNREADABLE');
  }

  /** Forgets a session now and deletes its record. The returned token is what it held, for a revocation. */
  async remove(name: string): Promise<Result<Promise<Result<Secret>> | undefined>> {
    const entry = this.#entries.get(name);
    this.#removals.set(name, this.removals(name) + 1);
    // At once, not in turn: a write that is under way sees it before it renames, and gives up.
    this.#entries.delete(name);
    return this.inTurn(name, async () => {
      const file = entry?.token === undefined ? await this.#deps.records.read(name) : undefined;
      const deleted = this.#entries.has(name) ? success(undefined) : await this.#delete(name);
      if (!deleted.ok) return deleted;
      if (entry?.token !== undefined) return success(Promise.resolve(success(entry.token)));
      return success(
        file?.ok === true && file.value.body !== undefined ? this.#unsealLater(file.value) : undefined,
      );
    });
  }

  /** Tries to write and delete everything the disk is behind with. @returns whether it now holds all it should */
  async catchUp(): Promise<boolean> {
    const results = await Promise.all([
      ...this.all().map(
        async (entry) =>
          entry.behind === undefined ||
          (await this.persist(entry, entry.record.ended === undefined ? 'commit' : 'end')).ok,
      ),
      ...[...this.#undeleted].map((name) => this.inTurn(name, async () => (await this.#delete(name)).ok)),
    ]);
    const isWaitingForDisk = this.all().some(
      ({ behind }) => behind !== undefined && retried.includes(behind.code),
    );
    return results.every(Boolean) || (!isWaitingForDisk && this.#undeleted.size === 0);
  }

  /** Stops trying in the background, tries once more, and waits for everything under way. */
  async close(): Promise<void> {
    this.#backoff.stop();
    await this.catchUp();
    await this.#queue.idle();
  }

  async #delete(name: string): Promise<Result<void>> {
    const deleted = await this.#deps.records.remove(name);
    if (deleted.ok) this.#undeleted.delete(name);
    else {
      this.#undeleted.add(name);
      this.#backoff.schedule();
    }
    return deleted;
  }

  async #unsealLater(file: RecordFile): Promise<Result<Secret>> {
    const key = await this.#deps.keys.key('use');
    if (!key.ok) return key;
    const token = unsealedToken(file, key.value);
    return token === undefined ? failed('STORE_UNREADABLE') : success(token);
  }

  #leaveBehind(entry: SessionEntry, behind: Failure): Result<never> {
    this.#setBehind(entry, behind);
    if (retried.includes(behind.code)) this.#backoff.schedule();
    return { ok: false, failure: behind };
  }

  #setBehind(entry: SessionEntry, behind: Failure | undefined): void {
    const isNews = entry.behind?.code !== behind?.code;
    entry.behind = behind;
    if (isNews) for (const listener of this.#behindListeners) listener();
  }
}

function bytesOf(
  record: SessionRecord,
  token: Secret | undefined,
  key: DataKey | undefined,
): Buffer | undefined {
  if (record.ended !== undefined) return clearFile(record);
  return token === undefined || key === undefined ? undefined : sealedFile(record, token, key);
}
