import { type Result, success } from '../base/failure';
import { keyFileName } from './key-file';
import { salvageHeader } from './record-file';
import { RecordStore } from './record-store';
import type { SessionRecord } from './session-record';
import type { SetAside } from './set-aside';

/**
 * A file that could not be used and was kept: a session's record, with its header where that is still readable, or what
 * said where the data key is, without which what it sealed cannot be read.
 */
export interface SetAsideRecord {
  readonly id: string;
  readonly at: number;
  readonly kind: 'sign-in' | 'data-key';
  readonly record?: SessionRecord;
}

/** Everything that was set aside, other files than records included; a failure where that cannot be told now. */
export async function setAsideRecords(
  setAside: Pick<SetAside, 'list' | 'read'>,
): Promise<Result<SetAsideRecord[]>> {
  const files = await setAside.list();
  if (!files.ok) return files;
  const listed = files.value.map(async ({ id, name, at }) => {
    const recordName = RecordStore.nameOf(name);
    const bytes = recordName === undefined ? undefined : await setAside.read(id);
    const record = bytes && recordName !== undefined ? salvageHeader(bytes, recordName) : undefined;
    const kind: SetAsideRecord['kind'] = name === keyFileName ? 'data-key' : 'sign-in';
    return { id, at, kind, ...(record !== undefined && { record }) };
  });
  return success(await Promise.all(listed));
}
