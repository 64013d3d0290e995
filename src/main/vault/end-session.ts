import type { Code } from '../../contract/codes';
import type { Clock } from '../base/clock';
import { type Result, success } from '../base/failure';
import type { EndOptions } from './refresh-ticket';
import type { SessionEntries } from './session-entries';
import { changeEntry, type SessionEntry } from './session-entry';
import { withoutAttempt } from './session-record';

export interface EndServices {
  readonly entries: Pick<SessionEntries, 'persist'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Ends a session in memory at once, then on disk: its header stays with the reason, its token goes or is set aside. A
 * record that cannot be set aside now stays as it is, and a failure says so; both steps are tried again later.
 */
export async function endSession(
  { entries, clock }: EndServices,
  entry: SessionEntry,
  code: Code,
  { setTokenAside }: EndOptions = { setTokenAside: false },
): Promise<Result<void>> {
  changeEntry(entry, { ...withoutAttempt(entry.record), ended: { code, at: clock.now() } }, undefined);
  if (!entry.isOnDisk) return success(undefined);
  entry.setsTokenAside = setTokenAside;
  return entries.persist(entry, 'end');
}
