import type { Clock } from '../base/clock';
import { failed, type Failure, type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';
import { beginRefresh } from './begin-refresh';
import { sealedTokenBytes } from './data-key';
import type { DataKeyKeeper } from './data-key-keeper';
import type { KeySource, KeySourceChange } from './key-source';
import type { RecordStore } from './record-store';
import type { RefreshTicket } from './refresh-ticket';
import type { SealedFile } from './sealed-file';
import type { SessionEntries } from './session-entries';
import type { SessionEntry } from './session-entry';
import { isSameGrant, recordNameOf, type SessionKey } from './session-key';
import { type Retention, retentionMs } from './retention';
import type { SessionFields, SessionRecord } from './session-record';
import type { SetAside } from './set-aside';
import { type SetAsideRecord, setAsideRecords } from './set-aside-records';
import { storeSession } from './store-session';

export interface VaultParts {
  readonly entries: SessionEntries;
  readonly records: Pick<RecordStore, 'bytes' | 'putBack' | 'read'>;
  readonly keys: DataKeyKeeper;
  readonly setAside: SetAside;
  readonly retention: Retention;
  readonly clock: Clock;
  /** Whether this process still has the profile; rejects if that cannot be told now. */
  readonly isHolder: () => Promise<boolean>;
  /** Lets go of the keychain. */
  readonly closeKeychain: () => void;
  readonly sealedFile: (name: string) => SealedFile;
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
    return this.records();
  }

  /** As {@link list}, from memory: complete once that has resolved. */
  records(): SessionRecord[] {
    return this.#parts.entries.all().map((entry) => this.#shown(entry));
  }

  /** The session of a key, from memory: complete once {@link list} has resolved. */
  find(key: SessionKey): SessionRecord | undefined {
    const entry = this.#parts.entries.get(recordNameOf(key));
    return entry && this.#shown(entry);
  }

  /** Whether {@link find} may miss a session because the disk could not be read: it is not known whether there is one. */
  isUnseen(key: SessionKey): boolean {
    return this.#parts.entries.isUnseen(recordNameOf(key));
  }

  /**
   * Whether any session here belongs to this issuer and client, whether or not its registry is configured now: at real
   * providers revoking one token of theirs ends the others too.
   */
  holdsGrant(grant: Omit<SessionKey, 'registry'>): boolean {
    return this.#parts.entries
      .all()
      .some(({ record }) => record.ended === undefined && isSameGrant(record, grant));
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
    return storeSession(this.#parts, key, fields, refreshToken, isWanted);
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
    return this.#parts.entries.remove(recordNameOf(key));
  }

  /**
   * Compares the records with the registries that are configured. One that matches none is kept for 30 days from now and
   * then deleted; one that matches again lives again. To be called with every configuration that could be read.
   */
  async retain(configured: readonly SessionKey[]): Promise<Result<void>> {
    await this.#load();
    // Of records that nobody can see none is known to be gone: the days of those that are go on as they were.
    const { entries, retention } = this.#parts;
    return entries.areListed ? retention.compare(configured) : failed('STORE_READ_FAILED');
  }

  /** What could not be used and was kept; what the start finds damaged is among it. */
  async listSetAside(): Promise<Result<SetAsideRecord[]>> {
    await this.#load();
    return setAsideRecords(this.#parts.setAside);
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
    await this.#parts.retention.settled();
    await this.#parts.entries.close();
    this.#parts.closeKeychain();
  }

  #load(): Promise<void> {
    const { entries, keys, retention } = this.#parts;
    this.#loaded ??= Promise.all([entries.load(), retention.load()]).then(([loaded]) => {
      // Told at once, as nothing else would tell why everybody looks signed out. Asks no keychain either.
      if (!loaded.ok) void keys.key('use');
    });
    return this.#loaded;
  }

  #shown({ name, record }: SessionEntry): SessionRecord {
    const vanishedAt = this.#parts.retention.vanishedAt(name);
    return vanishedAt === undefined ? record : { ...record, vanishedAt, keptUntil: vanishedAt + retentionMs };
  }
}
