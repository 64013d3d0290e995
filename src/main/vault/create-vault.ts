import { join } from 'node:path';
import type { Clock } from '../base/clock';
import type { EventSink } from '../base/event-sink';
import { success } from '../base/failure';
import { DataKeyKeeper } from './data-key-keeper';
import { type Disk, nodeDisk } from './disk';
import { DurableWriter } from './durable-write';
import type { FaultHook } from './fault-points';
import { guardedDisk } from './guarded-disk';
import { KeyFile } from './key-file';
import { KeySources } from './key-sources';
import type { Keychain } from './keychain';
import { RecordStore } from './record-store';
import { Retention } from './retention';
import type { SafeStorageCodec } from './safe-storage';
import { SealedFile } from './sealed-file';
import { SessionEntries } from './session-entries';
import { SetAside } from './set-aside';
import { VanishedFile } from './vanished-file';
import { Vault } from './vault';

export interface VaultDependencies {
  /** The vault's own folder in the profile; made when needed. Only the holder of the profile's lock may use it. */
  readonly folder: string;
  readonly keychain: Keychain;
  readonly safeStorage?: SafeStorageCodec;
  readonly clock: Clock;
  readonly platform?: NodeJS.Platform;
  readonly disk?: Disk;
  /** Whether this process holds the profile's lock; without it nothing on disk is changed (STORE_CONTENDED). */
  readonly isHolder?: () => Promise<boolean>;
  readonly events?: Pick<EventSink, 'record'>;
  /** Stops the process at a named instant, in tests of crashes. */
  readonly faultPoint?: FaultHook;
  /** How long a locked or missing keychain is left alone before a refresh asks it again; a person's retry always does. */
  readonly keyRetryAfterMs?: number;
}

/** Puts a vault together. Touches neither disk nor keychain before its first use. */
export function createVault(deps: VaultDependencies): Vault {
  const { folder, keychain, safeStorage, clock, events, faultPoint } = deps;
  const platform = deps.platform ?? process.platform;
  const isHolder = deps.isHolder ?? (() => Promise.resolve(true));
  const disk = guardedDisk(deps.disk ?? nodeDisk(platform), isHolder);
  const writer = new DurableWriter(disk, clock);
  const setAside = new SetAside(join(folder, 'set-aside'), disk, clock);
  const file = new KeyFile(folder, disk, writer, setAside);
  const records = new RecordStore({
    folder: join(folder, 'sessions'),
    disk,
    writer,
    setAside,
    now: () => clock.now(),
    ...(faultPoint !== undefined && { faultPoint }),
  });
  const keys: DataKeyKeeper = new DataKeyKeeper({
    file,
    sources: new KeySources({ keychain, file, platform, ...(safeStorage !== undefined && { safeStorage }) }),
    clock,
    ...(events !== undefined && { events }),
    hasSealedRecords: async () => {
      const loaded = await entries.load();
      if (!loaded.ok) return loaded;
      const sealed = entries.all().some(({ isOnDisk, record }) => isOnDisk && record.ended === undefined);
      return success(sealed || loaded.value.unread.size > 0);
    },
    retryAfterMs: deps.keyRetryAfterMs ?? 30_000,
  });
  const entries: SessionEntries = new SessionEntries({ records, keys, clock });
  // Someone answered a prompt after its time was over: the key can be had now.
  keychain.onLateAnswer(() => void keys.retry());
  const retention = new Retention(entries, new VanishedFile(folder, disk, writer), clock);
  const closeKeychain = () => {
    keychain.close();
  };
  const sealedFile = (name: string) => new SealedFile(name, { folder, disk, writer, keys, clock });
  return new Vault({
    entries,
    records,
    keys,
    setAside,
    retention,
    clock,
    isHolder,
    closeKeychain,
    sealedFile,
  });
}
