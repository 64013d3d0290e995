import { randomUUID } from 'node:crypto';
import { failed, type Result, success } from '../base/failure';
import { Secret } from '../base/secret';
import { DataKey } from './data-key';
import type { KeyFile, KeyRecord, SealingKey } from './key-file';
import type { Keychain } from './keychain';
import { isReallyBacked, type SafeStorageCodec } from './safe-storage';

export interface FoundKey {
  readonly source: 'keychain' | 'safe-storage';
  readonly key: DataKey;
}

export interface KeySourcesDependencies {
  readonly keychain: Keychain;
  readonly safeStorage?: SafeStorageCodec;
  readonly file: Pick<KeyFile, 'write'>;
  readonly platform: NodeJS.Platform;
}

/** The key sources in their order: the keychain, else a really backed safeStorage, else none. */
export class KeySources {
  readonly #deps: KeySourcesDependencies;

  constructor(deps: KeySourcesDependencies) {
    this.#deps = deps;
  }

  /**
   * The key that existing records are sealed with. STORE_UNREADABLE: the source answers, and the key is gone or another
   * one; STORE_LOCKED and STORE_UNAVAILABLE: it may come back. Never makes a key.
   */
  async open(recorded: SealingKey): Promise<Result<FoundKey>> {
    const key =
      recorded.source === 'keychain'
        ? await this.#openKeychain(recorded.profileId)
        : await this.#unwrap(recorded);
    if (!key.ok) return key;
    if (key.value?.id !== recorded.keyId) return failed('STORE_UNREADABLE');
    return success({ source: recorded.source, key: key.value });
  }

  /** A key for a profile that has none, and the file that says where it is. */
  async create(recorded: KeyRecord | 'absent'): Promise<Result<FoundKey>> {
    const unfinished =
      recorded !== 'absent' && recorded.source === 'keychain' ? recorded.profileId : randomUUID();
    const kept = await this.#createInKeychain(unfinished);
    if (kept.ok || kept.failure.code !== 'STORE_UNAVAILABLE') return kept;
    const wrapped = await this.#createWrapped();
    if (wrapped.ok || wrapped.failure.code !== 'STORE_UNAVAILABLE') return wrapped;
    // Recorded, so that a keychain that appears later can be reported as a change; losing the note harms nothing.
    if (recorded === 'absent') await this.#deps.file.write({ source: 'memory' });
    return wrapped;
  }

  async #openKeychain(profileId: string): Promise<Result<DataKey | undefined>> {
    const { keychain } = this.#deps;
    const read = await keychain.read(accountOf(profileId));
    if (!read.ok) return read;
    if (read.value !== undefined) return success(DataKey.fromText(read.value));
    // A keychain that is only half up says "no such entry" too. The entry is gone only if the keychain works.
    const probe = `probe:${profileId}`;
    const written = await keychain.write(probe, new Secret('probe'));
    if (!written.ok) return written;
    await keychain.remove(probe);
    const again = await keychain.read(accountOf(profileId));
    return again.ok ? success(again.value && DataKey.fromText(again.value)) : again;
  }

  async #createInKeychain(profileId: string): Promise<Result<FoundKey>> {
    const { keychain, file } = this.#deps;
    const account = accountOf(profileId);
    const present = await keychain.read(account);
    if (!present.ok) return present;
    const left = present.value && DataKey.fromText(present.value);
    // First the place, then the key: a crash in between leaves no entry that nothing points to.
    const noted = await file.write({ source: 'keychain', profileId });
    if (!noted.ok) return noted;
    const key = left ?? DataKey.generate();
    if (left === undefined) {
      const written = await keychain.write(account, key.toText());
      if (!written.ok) return written;
      const back = await keychain.read(account);
      if (!back.ok) return back;
      if (back.value?.reveal() !== key.toText().reveal()) return failed('STORE_UNAVAILABLE');
    }
    const finished = await file.write({ source: 'keychain', profileId, keyId: key.id });
    return finished.ok ? success({ source: 'keychain', key }) : finished;
  }

  async #createWrapped(): Promise<Result<FoundKey>> {
    const codec = this.#backedCodec();
    if (codec === undefined) return failed('STORE_UNAVAILABLE');
    const key = DataKey.generate();
    const text = key.toText().reveal();
    try {
      const wrapped = await codec.encrypt(text);
      if ((await codec.decrypt(wrapped)) !== text) return failed('STORE_UNAVAILABLE');
      const record: KeyRecord = {
        source: 'safe-storage',
        backend: codec.kind(),
        wrapped: wrapped.toString('base64'),
        keyId: key.id,
      };
      const written = await this.#deps.file.write(record);
      return written.ok ? success({ source: 'safe-storage', key }) : written;
    } catch {
      return failed('STORE_UNAVAILABLE');
    }
  }

  async #unwrap(
    recorded: SealingKey & { readonly source: 'safe-storage' },
  ): Promise<Result<DataKey | undefined>> {
    const codec = this.#backedCodec();
    // Another backend has another key of its own: decrypting would fail for a reason that can pass.
    if (codec === undefined || codec.kind() !== recorded.backend) return failed('STORE_UNAVAILABLE');
    try {
      const text = await codec.decrypt(Buffer.from(recorded.wrapped, 'base64'));
      return success(DataKey.fromText(new Secret(text)));
    } catch {
      // Either the wrapped key is another system's, or the keychain behind the codec is locked.
      return (await works(codec)) ? success(undefined) : failed('STORE_LOCKED');
    }
  }

  #backedCodec(): SafeStorageCodec | undefined {
    const { safeStorage, platform } = this.#deps;
    return safeStorage !== undefined && isReallyBacked(safeStorage, platform) ? safeStorage : undefined;
  }
}

async function works(codec: SafeStorageCodec): Promise<boolean> {
  try {
    return (await codec.decrypt(await codec.encrypt('probe'))) === 'probe';
  } catch {
    return false;
  }
}

function accountOf(profileId: string): string {
  return `data-key:${profileId}`;
}
