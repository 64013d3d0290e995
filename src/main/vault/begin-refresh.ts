import type { Code } from '../../contract/codes';
import type { Clock } from '../base/clock';
import { failed, type Failure, failure, type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';
import type { DataKey } from './data-key';
import type { DataKeyKeeper } from './data-key-keeper';
import { endSession, type EndServices } from './end-session';
import type { RefreshTicket } from './refresh-ticket';
import type { SessionEntries } from './session-entries';
import { changeEntry, type SessionEntry } from './session-entry';
import { definedFields, type SessionFields, type SessionRecord, withoutAttempt } from './session-record';
import { whySpent } from './spent-token';
import { writeFailure } from './store-failure';

interface Services extends EndServices {
  readonly entries: SessionEntries;
  readonly keys: Pick<DataKeyKeeper, 'key'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Whether this process still has the profile; rejects if that cannot be told now. */
  readonly isHolder: () => Promise<boolean>;
}

/**
 * Makes the intent durable, then hands the token out. If the disk or the key fails nothing may be sent, so there is no
 * ticket; neither is there one for a process that slept over its intent until another one took the profile, and this
 * token. A session that is in memory only needs no durable intent: a crash leaves no token that could be sent again.
 */
export async function beginRefresh(services: Services, name: string): Promise<Result<RefreshTicket>> {
  const { entries, keys } = services;
  const asked = entries.get(name);
  if (asked === undefined) return failed('OP_STALE');
  if (asked.record.ended !== undefined) return failed(asked.record.ended.code);
  const spent = whySpent(asked.record);
  if (spent !== undefined) return refuseSpent(services, asked, spent);
  const key = asked.isOnDisk ? await keys.key('use') : undefined;
  if (key?.ok === false) return key;
  return entries.inTurn(name, async () => {
    const entry = entries.get(name);
    if (entry === undefined || (entry.isOnDisk && key === undefined)) return failed('OP_STALE');
    // Another refresh of this session began while this one waited for the key.
    if (whySpent(entry.record) !== undefined) return failed('OP_STALE');
    const token = await entries.tokenOf(entry, key?.value);
    if (!token.ok) return token;
    const before = entry.record;
    changeEntry(entry, { ...before, attempt: (before.attempt ?? 0) + 1 }, token.value);
    const refused = entry.isOnDisk
      ? await writeIntent(services, entry, before, token.value, key?.value)
      : undefined;
    if (refused !== undefined) return { ok: false, failure: refused };
    return success(ticketFor(services, entry, before, token.value));
  });
}

/** A token that nobody may send any more is of no use; one that every answer left alone is kept for whoever mends them. */
async function refuseSpent(services: Services, entry: SessionEntry, code: Code): Promise<Result<never>> {
  // Where a refusal without a reason was asked about, its end may not have reached the disk: the token is set aside then.
  const setTokenAside = entry.record.answered !== undefined;
  if (code === 'SESSION_INTERRUPTED') await endSession(services, entry, code, { setTokenAside });
  return failed(code);
}

/** @returns why nothing may be sent; the token then stays in memory and the record as it was */
async function writeIntent(
  { entries, isHolder }: Services,
  entry: SessionEntry,
  before: SessionRecord,
  token: Secret,
  key: DataKey | undefined,
): Promise<Failure | undefined> {
  const written = await entries.write(entry, key, 'intent', () => entries.isCurrent(entry));
  const refused = written.ok ? await whyNotHolder(isHolder) : written.failure;
  if (refused !== undefined) changeEntry(entry, before, token);
  return refused;
}

async function whyNotHolder(isHolder: Services['isHolder']): Promise<Failure | undefined> {
  try {
    return (await isHolder()) ? undefined : failure('STORE_CONTENDED');
  } catch (error) {
    return writeFailure(error);
  }
}

function ticketFor(
  services: Services,
  entry: SessionEntry,
  before: SessionRecord,
  sent: Secret,
): RefreshTicket {
  const { entries, clock } = services;
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
      return change({ ...withoutAttempt(entry.record), ...attemptsIn(before) }, 'withdraw');
    },
    leaveAnswered: async () => {
      if (isLate()) return failed('OP_STALE');
      if (!isOpen) return success(undefined);
      isOpen = false;
      return change({ ...entry.record, answered: (before.answered ?? 0) + 1 }, 'withdraw');
    },
    end: async (code, options) =>
      isLate() ? failed('OP_STALE') : endSession(services, entry, code, options),
  };
}

function attemptsIn({ attempt, answered }: SessionRecord): Pick<SessionRecord, 'attempt' | 'answered'> {
  return { ...(attempt !== undefined && { attempt }), ...(answered !== undefined && { answered }) };
}

/** A session that never reached the disk: memory is where it is committed, and the disk is told when it can be. */
async function keepInMemory(entries: SessionEntries, entry: SessionEntry): Promise<Result<void>> {
  if (entry.behind?.code === 'STORE_UNAVAILABLE') return success(undefined);
  return entries.persist(entry, 'commit');
}
