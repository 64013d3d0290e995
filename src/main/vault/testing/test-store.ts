import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ManualClock, manualClock } from '../../base/manual-clock';
import { DurableWriter } from '../durable-write';
import { RecordStore } from '../record-store';
import { SetAside } from '../set-aside';
import { type FaultyDisk, faultyDisk } from './faulty-disk';

/** What the vault's files are made of, in a folder of a test's own, on the real disk that can be made to fail. */
export interface TestStore {
  readonly folder: string;
  readonly disk: FaultyDisk;
  readonly clock: ManualClock;
  readonly writer: DurableWriter;
  readonly setAside: SetAside;
  readonly records: RecordStore;
}

export function testStore(): TestStore {
  const folder = mkdtempSync(join(tmpdir(), 'gatepass-store-'));
  const disk = faultyDisk();
  const clock = manualClock();
  const writer = new DurableWriter(disk, clock);
  const setAside = new SetAside(join(folder, 'set-aside'), disk, clock);
  const now = () => clock.now();
  const records = new RecordStore({ folder: join(folder, 'sessions'), disk, writer, setAside, now });
  return { folder, disk, clock, writer, setAside, records };
}
