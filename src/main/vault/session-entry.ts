import type { Failure } from '../base/failure';
import type { Secret } from '../base/secret';
import type { SessionRecord } from './session-record';

/**
 * One session as the vault holds it in memory. Its identity is its generation: after a sign-out or a new sign-in another
 * entry (or none) has its name, and whoever still holds this one is late.
 */
export interface SessionEntry {
  readonly name: string;
  record: SessionRecord;
  /** The current token, while the disk does not hold it. Once set, an older one on disk is never handed out again. */
  token: Secret | undefined;
  /** Whether the disk holds any token of this session; if not, a crash can bring none back. */
  isOnDisk: boolean;
  /** Whether the record on disk is set aside before the next write: its token, which ended, may still be good. */
  setsTokenAside: boolean;
  /** Why the disk is behind; undefined when it holds exactly this. */
  behind: Failure | undefined;
  /** Counts changes, so that a write knows whether it wrote the latest. */
  version: number;
}

export function sessionOnDisk(name: string, record: SessionRecord): SessionEntry {
  return {
    name,
    record,
    token: undefined,
    isOnDisk: true,
    setsTokenAside: false,
    behind: undefined,
    version: 0,
  };
}

export function changeEntry(entry: SessionEntry, record: SessionRecord, token: Secret | undefined): void {
  entry.record = record;
  entry.token = token;
  entry.version += 1;
}
