import { salvageHeader } from './record-file';
import { RecordStore } from './record-store';
import type { SessionRecord } from './session-record';
import type { SetAside } from './set-aside';

/** A session's record that could not be used and was kept; `record` is its header where that is still readable. */
export interface SetAsideRecord {
  readonly id: string;
  readonly at: number;
  readonly record?: SessionRecord;
}

/** Everything that was set aside, other files than records included. */
export async function setAsideRecords(setAside: Pick<SetAside, 'list' | 'read'>): Promise<SetAsideRecord[]> {
  const listed = (await setAside.list()).map(async ({ id, name, at }) => {
    const recordName = RecordStore.nameOf(name);
    const bytes = recordName === undefined ? undefined : await setAside.read(id);
    const record = bytes && recordName !== undefined ? salvageHeader(bytes, recordName) : undefined;
    return { id, at, ...(record !== undefined && { record }) };
  });
  return Promise.all(listed);
}
