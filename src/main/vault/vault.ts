import type { Clock } from '../base/clock';
import { failed, type Failure, type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';
import { beginRefresh } from './begin-refresh';
import { sealedTokenBytes } from './data-key';
import type { DataKeyKeeper } from './data-key-keeper';
import type { KeySource, KeySourceChange } from './key-source';
import { RecordStore } from './record-store';
import type { RefreshTicket } from './refresh-ticket';
import type { SealedFile } from './sealed-file';
import type { SessionEntries } from './session-entries';
import type { SessionEntry } from './session-entry';
import { recordNameOf, type SessionKey } from './session-key';
import { newSessionRecord, type SessionFields, type SessionRecord } from './session-record';
import { salvageHeader } from './record-file';
import type { SetAside } from './set-aside';
import { retentionMs, type VanishedFile } from './vanished-file';

export interface VaultParts {
  readonly entries: SessionEntries;
  readonly records: Pick<RecordStore, 'keepCopy' | 'read'>;
  readonly keys: DataKeyKeeper;
  readonly setAside: SetAside;
  readonly vanished: VanishedFile;
  readonly clock: Clock;
  /** Lets go of the keychain. */
  readonly closeKeychain: () => void;
  readonly sealedFile: (name: string) => SealedFile;
}

/** A session's record that could not be used and was kept; `record` is its header where that is still readable. */
export interface SetAsideRecord {
  readonly id: string;
  readonly at: number;
  readonly record?: SessionRecord;
}

export interface TokenSize {
  readonly bytes: number;
  readonly kept: 'memory' | 'sealed';
}

/**
 * Refresh tokens at rest. Every session has one sealed record; what a method reports as done survives a power cut, and
 * what could not be written is held in memory and written later. Made by `createVault`.
 */
export class Vault {
  readonly #parts: VaultParts;
  readonly #removals = new Map<string, number>();
  #vanished: Map<string, number> = new Map();
  #loaded: Promise<void> | undefined;

  constructor(parts: VaultParts) {
    this.#parts = parts;
    parts.keys.onReady(() => void parts.entries.catchUp());
  }

  /** Where the data key is; `pending` until something first needed it. Asking never touches the keychain. */
  keySource(): KeySource | 'pending' {
    return this.#parts.keys.source;
  }

  /** What became of the key source, where that has to be explained to somebody. */
  keySourceChange(): KeySourceChange | undefined {
    return this.#parts.keys.change;
  }

  /** Calls back when {@link keySource} or what {@link whyNotRemembered} says of any session has become another. */
  onChange(listener: () => void): void {
    this.#parts.keys.onChange(listener);
    this.#parts.entries.onBehind(listener);
  }

  /** Asks the key source again, at a person's wish; then writes what could not be sealed before. */
  async retryKey(): Promise<KeySource | 'pending'> {
    await this.#parts.keys.retry();
    return this.keySource();
  }

  /** All sessions, ended and vanished ones included. Opens no secret and never touches the keychain. */
  async list(): Promise<SessionRecord[]> {
    await this.#load();
    return this.#parts.entries.all().map((entry) => this.#shown(entry));
  }

  /** The session of a key, from memory: complete once {@link list} has resolved. */
  find(key: SessionKey): SessionRecord | undefined {
    const entry = this.#parts.entries.get(recordNameOf(key));
    return entry && this.#shown(entry);
  }

  /** Why this session will not outlive the app as it is now; undefined when the disk holds all of it. */
  whyNotRemembered(key: SessionKey): Failure | undefined {
    return this.#parts.entries.get(recordNameOf(key))?.behind;
  }

  /**
   * How long the session's refresh token is, in bytes, and where it is; undefined without one. Opens no secret: a sealed
   * one is as long as what seals it, less a constant.
   */
  async tokenSize(key: SessionKey): Promise<TokenSize | undefined> {
    await this.#load();
    const { entries, records } = this.#parts;
    const name = recordNameOf(key);
    const entry = entries.get(name);
    if (entry === undefined || entry.record.ended !== undefined) return undefined;
    if (entry.token !== undefined)
      return { bytes: Buffer.byteLength(entry.token.reveal()), kept: entry.isOnDisk ? 'sealed' : 'memory' };
    const file = await records.read(name);
    const body = file.ok ? file.value.body : undefined;
    return body && { bytes: sealedTokenBytes(body.sealed), kept: 'sealed' };
  }

  /**
   * The session's current refresh token. OP_STALE: there is no such session; the ended code: it ended; STORE_LOCKED or
   * STORE_UNAVAILABLE: the key cannot be had now; STORE_UNREADABLE: the key is gone, or the record was damaged and is
   * now set aside.
   */
  async open(key: SessionKey): Promise<Result<Secret>> {
    await this.#load();
    const { entries, keys } = this.#parts;
    const name = recordNameOf(key);
    const asked = entries.get(name);
    if (asked === undefined) return failed('OP_STALE');
    if (asked.token !== undefined) return success(asked.token);
    if (asked.record.ended !== undefined) return failed(asked.record.ended.code);
    const dataKey = await keys.key('use');
    if (!dataKey.ok) return dataKey;
    return entries.inTurn(name, async () => {
      const entry = entries.get(name);
      return entry === undefined ? failed('OP_STALE') : entries.tokenOf(entry, dataKey.value);
    });
  }

  /**
   * Begins a session after a sign-in. The one it replaces lives until this one is durable. Success: durable, or in
   * memory because this machine has no keychain (see {@link whyNotRemembered}). A failure other than OP_STALE: held in
   * memory, not on disk yet, and written as soon as that works.
   * @param isWanted asked last thing before the commit; if it says no nothing is stored, and OP_STALE comes back
   */
  async store(
    key: SessionKey,
    fields: SessionFields,
    refreshToken: Secret,
    isWanted: () => boolean = () => true,
  ): Promise<Result<SessionRecord>> {
    await this.#load();
    const { entries, keys, clock } = this.#parts;
    const name = recordNameOf(key);
    const removals = this.#removals.get(name);
    const isStillWanted = () => isWanted() && this.#removals.get(name) === removals;
    const dataKey = await keys.key('sign-in');
    return entries.inTurn(name, async () => {
      if (!isStillWanted()) return failed('OP_STALE');
      const record = newSessionRecord(key, fields, clock.now());
      const entry: SessionEntry = {
        name,
        record,
        token: refreshToken,
        isOnDisk: false,
        behind: undefined,
        version: 0,
      };
      if (!dataKey.ok) {
        entry.behind = dataKey.failure;
        entries.set(entry);
        return dataKey.failure.code === 'STORE_UNAVAILABLE' ? success(record) : dataKey;
      }
      const written = await entries.write(entry, dataKey.value, 'store', isStillWanted);
      const isSignedOut = this.#removals.get(name) !== removals;
      // A sign-out during the write comes next in turn: with no entry here it deletes the file.
      if (isSignedOut || (!written.ok && (written.failure.code === 'OP_STALE' || !isWanted())))
        return failed('OP_STALE');
      entries.set(entry);
      return written.ok ? success(record) : written;
    });
  }

  /**
   * See {@link RefreshTicket}. Fails, without a token, whenever the intent cannot be made durable; with
   * SESSION_INTERRUPTED, and ends the session, where its token may not be sent any more (see `spent-token.ts`).
   */
  async beginRefresh(key: SessionKey): Promise<Result<RefreshTicket>> {
    await this.#load();
    return beginRefresh(this.#parts, recordNameOf(key));
  }

  /**
   * Signs out here: the record is deleted, at once and for good, whatever else runs on this session.
   * @returns the token that was held, for a revocation; it may have to wait for the keychain, the deletion did not
   */
  async remove(key: SessionKey): Promise<Result<Promise<Result<Secret>> | undefined>> {
    await this.#load();
    return this.#remove(recordNameOf(key));
  }

  /**
   * Compares the records with the registries that are configured. One that matches none is kept for 30 days from now and
   * then deleted; one that matches again lives again. To be called with every configuration that could be read.
   */
  async retain(configured: readonly SessionKey[]): Promise<Result<void>> {
    await this.#load();
    const { entries, vanished, clock } = this.#parts;
    const names = new Set(configured.map(recordNameOf));
    const since = new Map<string, number>();
    const expired: string[] = [];
    for (const { name } of entries.all()) {
      if (names.has(name)) continue;
      const at = Math.min(this.#vanished.get(name) ?? clock.now(), clock.now());
      if (clock.now() - at >= retentionMs) expired.push(name);
      else since.set(name, at);
    }
    for (const name of expired) await this.#remove(name);
    const isSame =
      since.size === this.#vanished.size && [...since].every(([name, at]) => this.#vanished.get(name) === at);
    this.#vanished = since;
    return isSame ? success(undefined) : vanished.write(since);
  }

  async listSetAside(): Promise<SetAsideRecord[]> {
    const { setAside } = this.#parts;
    const listed = (await setAside.list()).map(async ({ id, name, at }) => {
      const recordName = RecordStore.nameOf(name);
      const bytes = recordName === undefined ? undefined : await setAside.read(id);
      const record = bytes && recordName !== undefined ? salvageHeader(bytes, recordName) : undefined;
      return { id, at, ...(record !== undefined && { record }) };
    });
    return Promise.all(listed);
  }

  /** Deletes one file that was set aside, or all of them, for good. */
  deleteSetAside(id?: string): Promise<Result<void>> {
    return this.#parts.setAside.delete((file) => id === undefined || file.id === id);
  }

  /** A text of another kind under the same key; see {@link SealedFile}. Asking for it touches nothing. */
  sealedFile(name: string): SealedFile {
    return this.#parts.sealedFile(name);
  }

  /** To be called before the app ends: waits for writes under way and tries once more what failed. */
  async close(): Promise<void> {
    await this.#loaded;
    await this.#parts.entries.close();
    this.#parts.closeKeychain();
  }

  #load(): Promise<void> {
    this.#loaded ??= Promise.all([this.#parts.entries.load(), this.#parts.vanished.read()]).then(
      ([, vanished]) => {
        this.#vanished = vanished;
      },
    );
    return this.#loaded;
  }

  #remove(name: string): Promise<Result<Promise<Result<Secret>> | undefined>> {
    this.#removals.set(name, (this.#removals.get(name) ?? 0) + 1);
    return this.#parts.entries.remove(name);
  }

  #shown({ name, record }: SessionEntry): SessionRecord {
    const vanishedAt = this.#vanished.get(name);
    return vanishedAt === undefined ? record : { ...record, vanishedAt };
  }
}
