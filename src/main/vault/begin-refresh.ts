import type { Clock } from '../base/clock';
import { failed, type Failure, type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';
import type { DataKey } from './data-key';
import type { DataKeyKeeper } from './data-key-keeper';
import type { RefreshTicket } from './refresh-ticket';
import type { SessionEntries } from './session-entries';
import { changeEntry, type SessionEntry } from './session-entry';
import { definedFields, type SessionFields, type SessionRecord, withoutAttempt } from './session-record';

interface Services {
  readonly entries: SessionEntries;
  readonly keys: Pick<DataKeyKeeper, 'key'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Makes the intent durable, then hands the token out. If the disk or the key fails nothing may be sent, so there is no
 * ticket. A session that is in memory only needs no durable intent: a crash leaves no token that could be sent again.
 */
export async function beginRefresh(services: Services, name: string): Promise<Result<RefreshTicket>> {
  const { entries, keys } = services;
  const asked = entries.get(name);
  if (asked === undefined) return failed('OP_STALE');
  if (asked.record.ended !== undefined) return failed(asked.record.ended.code);
  const key = asked.isOnDisk ? await keys.key('use') : undefined;
  if (key?.ok === false) return key;
  return entries.inTurn(name, async () => {
    const entry = entries.get(name);
    if (entry === undefined || (entry.isOnDisk && key === undefined)) return failed('OP_STALE');
    const token = await entries.tokenOf(entry, key?.value);
    if (!token.ok) return token;
    const before = entry.record;
    changeEntry(entry, { ...before, attempt: (before.attempt ?? 0) + 1 }, token.value);
    const refused = entry.isOnDisk
      ? await writeIntent(entries, entry, before, token.value, key?.value)
      : undefined;
    if (refused !== undefined) return { ok: false, failure: refused };
    return success(ticketFor(services, entry, before, token.value));
  });
}

/** @returns why the intent is not durable; the token then stays in memory and the record as it was */
async function writeIntent(
  entries: SessionEntries,
  entry: SessionEntry,
  before: SessionRecord,
  token: Secret,
  key: DataKey | undefined,
): Promise<Failure | undefined> {
  const written = await entries.write(entry, key, 'intent', () => entries.isCurrent(entry));
  if (written.ok) return undefined;
  changeEntry(entry, before, token);
  return written.failure;
}

function ticketFor(
  { entries, clock }: Services,
  entry: SessionEntry,
  before: SessionRecord,
  sent: Secret,
): RefreshTicket {
  let current = sent;
  let isOpen = true;
  const change = (record: SessionRecord, purpose: 'commit' | 'withdraw'): Promise<Result<void>> => {
    changeEntry(entry, record, current);
    return entry.isOnDisk ? entries.persist(entry, purpose) : keepInMemory(entries, entry);
  };
  const isLate = () => !entries.isCurrent(entry) || entry.record.ended !== undefined;
  return {
    refreshToken: sent,
    attempt: entry.record.attempt ?? 1,
    record: before,
    commit: async (newToken?: Secret, fields: SessionFields = {}) => {
      if (isLate()) return failed('OP_STALE');
      isOpen = false;
      current = newToken ?? current;
      const record = withoutAttempt(entry.record);
      return change({ ...record, ...definedFields(fields), refreshedAt: clock.now() }, 'commit');
    },
    withdraw: async () => {
      if (isLate()) return failed('OP_STALE');
      if (!isOpen) return success(undefined);
      isOpen = false;
      const record = withoutAttempt(entry.record);
      return change(
        { ...record, ...(before.attempt !== undefined && { attempt: before.attempt }) },
        'withdraw',
      );
    },
  };
}

/** A session that never reached the disk: memory is where it is committed, and the disk is told when it can be. */
async function keepInMemory(entries: SessionEntries, entry: SessionEntry): Promise<Result<void>> {
  if (entry.behind?.code === 'STORE_UNAVAILABLE') return success(undefined);
  return entries.persist(entry, 'commit');
}
