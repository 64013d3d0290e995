import type { Clock } from '../base/clock';
import type { EventSink } from '../base/event-sink';
import { failed, type Result } from '../base/failure';
import type { DataKey } from './data-key';
import { type KeyFile, type KeyRecord, sealingKeyOf } from './key-file';
import type { KeySource, KeySourceChange } from './key-source';
import type { FoundKey, KeySources } from './key-sources';

/**
 * Why the key is wanted. `use` never replaces a key that is gone; `sign-in` may, since a person is there who has just
 * made a new session and would otherwise never be remembered again.
 */
export type KeyPurpose = 'use' | 'sign-in';

export interface KeeperDependencies {
  readonly file: Pick<KeyFile, 'read' | 'retire'>;
  readonly sources: Pick<KeySources, 'open' | 'create'>;
  readonly clock: Clock;
  readonly events?: Pick<EventSink, 'record'>;
  /**
   * Whether any record on disk is sealed: then a profile without a key file has lost it. A failure where that cannot be
   * told now: then no key is had at all, or a new one might take the place of what those records are sealed with.
   */
  readonly hasSealedRecords: () => Promise<Result<boolean>>;
  /** How long a failure stands before `use` asks the keychain again, which may show a prompt. Milliseconds. */
  readonly retryAfterMs: number;
}

/** Holds the data key once it is found. Asks for it when it is first needed, once for all who wait. */
export class DataKeyKeeper {
  readonly #deps: KeeperDependencies;
  readonly #listeners = new Set<() => void>();
  readonly #readyListeners = new Set<() => void>();
  #source: KeySource | 'pending' = 'pending';
  #change: KeySourceChange | undefined;
  #found: FoundKey | undefined;
  #failure: { readonly result: Result<never>; readonly at: number } | undefined;
  #running: { readonly purpose: KeyPurpose; readonly result: Promise<Result<DataKey>> } | undefined;

  constructor(deps: KeeperDependencies) {
    this.#deps = deps;
  }

  get source(): KeySource | 'pending' {
    return this.#source;
  }

  /** The last change of the source that is worth explaining; undefined while it is what it always was. */
  get change(): KeySourceChange | undefined {
    return this.#change;
  }

  /** Waits at most for the deadline of the key source. */
  async key(purpose: KeyPurpose): Promise<Result<DataKey>> {
    if (this.#found !== undefined) return { ok: true, value: this.#found.key };
    const recent = this.#failure;
    const isRecent =
      recent !== undefined && this.#deps.clock.monotonic() - recent.at < this.#deps.retryAfterMs;
    if (isRecent && purpose === 'use') return recent.result;
    return this.#askOnce(purpose);
  }

  /** Asks again now, because a person wants it or something changed. */
  retry(): Promise<Result<DataKey>> {
    this.#failure = undefined;
    return this.key('use');
  }

  /** Calls back whenever {@link source} has become another. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Calls back whenever a key was found after there was none. */
  onReady(listener: () => void): void {
    this.#readyListeners.add(listener);
  }

  async #askOnce(purpose: KeyPurpose): Promise<Result<DataKey>> {
    const running = this.#running;
    if (running !== undefined) {
      const result = await running.result;
      return result.ok || running.purpose === purpose ? result : this.key(purpose);
    }
    const result = this.#ask(purpose).finally(() => {
      this.#running = undefined;
    });
    this.#running = { purpose, result };
    return result;
  }

  async #ask(purpose: KeyPurpose): Promise<Result<DataKey>> {
    const sealed = await this.#deps.hasSealedRecords();
    const recorded = sealed.ok ? await this.#deps.file.read() : sealed;
    const hasSealed = sealed.ok && sealed.value;
    const found = recorded.ok ? await this.#find(recorded.value, purpose, hasSealed) : recorded;
    const before = this.#source === 'pending' ? sourceOf(recorded) : this.#source.kind;
    if (found.ok) {
      const isKeyReplaced = recorded.ok && sealingKeyOf(recorded.value)?.keyId !== found.value.key.id;
      this.#found = found.value;
      this.#failure = undefined;
      this.#settle({ kind: found.value.source }, before, isKeyReplaced && hasSealed);
      for (const listener of this.#readyListeners) listener();
      return { ok: true, value: found.value.key };
    }
    this.#failure = { result: found, at: this.#deps.clock.monotonic() };
    this.#settle({ kind: 'memory', reason: found.failure }, before, false);
    return found;
  }

  async #find(
    recorded: KeyRecord | 'absent' | 'damaged',
    purpose: KeyPurpose,
    hasSealed: boolean,
  ): Promise<Result<FoundKey>> {
    const { file, sources } = this.#deps;
    const sealedWith = sealingKeyOf(recorded);
    if (sealedWith === undefined && !hasSealed) {
      if (recorded === 'damaged') await file.retire();
      return sources.create(recorded === 'damaged' ? 'absent' : recorded);
    }
    const opened = sealedWith === undefined ? failed('STORE_UNREADABLE') : await sources.open(sealedWith);
    const isGone = !opened.ok && opened.failure.code === 'STORE_UNREADABLE';
    if (!isGone || purpose === 'use') return opened;
    // A new profile id comes with the new key, so an entry that turns up again was not overwritten.
    const retired = await file.retire();
    return retired.ok ? sources.create('absent') : retired;
  }

  #settle(source: KeySource, before: KeySource['kind'] | undefined, isKeyReplaced: boolean): void {
    const isNew = !isSame(this.#source, source) || isKeyReplaced;
    this.#source = source;
    if (!isNew) return;
    const code = source.kind === 'memory' && { code: source.reason.code };
    this.#deps.events?.record({ level: 'info', name: 'key-source', kind: source.kind, ...code });
    if (isKeyReplaced || (before !== undefined && before !== source.kind))
      this.#change = { before: before ?? source.kind, now: source, isKeyReplaced };
    for (const listener of this.#listeners) listener();
  }
}

function isSame(a: KeySource | 'pending', b: KeySource): boolean {
  if (a === 'pending' || a.kind !== b.kind) return false;
  return a.kind !== 'memory' || b.kind !== 'memory' || a.reason.code === b.reason.code;
}

function sourceOf(recorded: Result<KeyRecord | 'absent' | 'damaged'>): KeySource['kind'] | undefined {
  if (!recorded.ok || recorded.value === 'absent' || recorded.value === 'damaged') return undefined;
  return recorded.value.source;
}
