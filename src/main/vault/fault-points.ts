/** What a write of a record is for. */
export type WritePurpose = 'store' | 'intent' | 'commit' | 'withdraw' | 'end';

/**
 * Steps of a durable write, in order. `before-rename` is after the temporary file is synced: what a crash up to there
 * leaves is the old record, and from `renamed` on the new one (durably from `durable` on).
 */
export type WriteStep =
  'before-write' | 'temp-created' | 'temp-written' | 'before-rename' | 'renamed' | 'durable';

/** A named instant at which a test may stop the process, e.g. `commit-before-rename`. */
export type FaultPoint = `${WritePurpose}-${WriteStep}`;

/** Called at every fault point; what it returns is awaited. Absent outside of tests. */
export type FaultHook = (point: FaultPoint) => void | Promise<void>;
