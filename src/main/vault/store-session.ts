import type { Clock } from '../base/clock';
import { failed, type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';
import type { DataKeyKeeper } from './data-key-keeper';
import type { RecordStore } from './record-store';
import type { SessionEntries } from './session-entries';
import type { SessionEntry } from './session-entry';
import { recordNameOf, type SessionKey } from './session-key';
import { newSessionRecord, type SessionFields, type SessionRecord } from './session-record';

interface Services {
  readonly entries: SessionEntries;
  readonly records: Pick<RecordStore, 'bytes' | 'putBack'>;
  readonly keys: Pick<DataKeyKeeper, 'key'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Begins a session after a sign-in; see `Vault.store`. */
export async function storeSession(
  { entries, records, keys, clock }: Services,
  key: SessionKey,
  fields: SessionFields,
  refreshToken: Secret,
  isWanted: () => boolean,
): Promise<Result<SessionRecord>> {
  const name = recordNameOf(key);
  const removals = entries.removals(name);
  const isSignedOut = () => entries.removals(name) !== removals;
  const isStillWanted = () => isWanted() && !isSignedOut();
  const dataKey = await keys.key('sign-in');
  return entries.inTurn(name, async () => {
    if (!isStillWanted()) return failed('OP_STALE');
    const record = newSessionRecord(key, fields, clock.now());
    const entry: SessionEntry = {
      name,
      record,
      token: refreshToken,
      isOnDisk: false,
      setsTokenAside: false,
      behind: undefined,
      version: 0,
    };
    if (!dataKey.ok) {
      entry.behind = dataKey.failure;
      entries.set(entry);
      return dataKey.failure.code === 'STORE_UNAVAILABLE' ? success(record) : dataKey;
    }
    const before = await records.bytes(name);
    const written = await entries.write(entry, dataKey.value, 'store', isStillWanted);
    // A sign-out during the write comes next in turn: with no entry here it deletes the file.
    if (isSignedOut()) return failed('OP_STALE');
    if (!isWanted()) {
      // Cancelled after the file took its name: what was there before takes it back, or nothing does.
      const mayHaveTakenItsName = written.ok || written.failure.code !== 'OP_STALE';
      if (mayHaveTakenItsName && before.ok) await records.putBack(name, before.value);
      return failed('OP_STALE');
    }
    if (!written.ok && written.failure.code === 'OP_STALE') return failed('OP_STALE');
    entries.set(entry);
    return written.ok ? success(record) : written;
  });
}
