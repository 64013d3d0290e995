import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Result } from '../base/failure';
import { Secret } from '../base/secret';
import { DataKey } from './data-key';
import { clearFile, sealedFile, unsealedToken } from './record-file';
import { type LoadedRecords, RecordStore } from './record-store';
import { recordNameOf } from './session-key';
import { newSessionRecord } from './session-record';
import type { DiskOperation } from './testing/faulty-disk';
import { codeOf, valueOf } from './testing/results';
import { testStore } from './testing/test-store';
import { engineering, finance } from './testing/test-vault';

const key = DataKey.generate();
const name = recordNameOf(engineering);
const record = newSessionRecord(engineering, { account: 'ada' }, 1_700_000_000_000);
const bytes = sealedFile(record, new Secret('refresh-token'), key);
const other = newSessionRecord(finance, {}, 1_700_000_000_000);
const wanted = () => true;

async function stored() {
  const store = testStore();
  valueOf(await store.records.write(name, bytes, 'store', wanted));
  valueOf(await store.records.write(recordNameOf(finance), clearFile(other), 'store', wanted));
  const folder = join(store.folder, 'sessions');
  return { ...store, sessions: folder, path: join(folder, `${name}.session`) };
}
type Stored = Awaited<ReturnType<typeof stored>>;

const tokenIn = async ({ records }: Stored) =>
  unsealedToken(valueOf(await records.read(name)), key)?.reveal();
const recordsOf = (loaded: Result<LoadedRecords>) => valueOf(loaded).records;
const setAsideNames = async ({ setAside }: Stored) => valueOf(await setAside.list()).map((file) => file.name);
const on =
  (kind: DiskOperation['kind'], code: string) =>
  (operation: DiskOperation): string | undefined =>
    operation.kind === kind ? code : undefined;

test('a write makes no folder, but the one that somebody tidied away while the app ran', async () => {
  const { records, disk, folder, sessions, path } = await stored();
  const write = () => records.write(name, bytes, 'store', wanted);
  const step = (kind: DiskOperation['kind'], of = `*.session.*.tmp`): DiskOperation => ({ kind, name: of });
  const steps = [
    ...(['create', 'write', 'sync', 'close'] as const).map((kind) => step(kind)),
    step('rename', '*.session'),
    step('syncFolder', 'sessions'),
  ];
  disk.operations.splice(0);
  valueOf(await write());
  expect(disk.operations).toEqual(steps);

  rmSync(sessions, { recursive: true });
  disk.operations.splice(0);
  valueOf(await write());
  expect(existsSync(path)).toBe(true);
  const made = [step('makeFolder', 'sessions'), step('syncFolder', basename(folder)), ...steps];
  expect(disk.operations.slice(-made.length)).toEqual(made);
});

test('a start of the app finds every header, and what a crash left half-written is gone', async () => {
  const store = await stored();
  valueOf(
    await store.records.write(
      recordNameOf(finance),
      sealedFile(other, new Secret('t'), key),
      'store',
      wanted,
    ),
  );
  writeFileSync(join(store.sessions, `${name}.session.0123.tmp`), bytes.subarray(0, 40));
  writeFileSync(join(store.sessions, 'notes.txt'), 'of somebody else');
  expect(recordsOf(await store.records.load())).toEqual(
    new Map([
      [name, record],
      [recordNameOf(finance), other],
    ]),
  );
  const files = [`${name}.session`, `${recordNameOf(finance)}.session`, 'notes.txt'];
  expect(readdirSync(store.sessions).toSorted()).toEqual(files.toSorted());
});

test('more records than are read at once are all found', async () => {
  const { records } = testStore();
  const keys = Array.from({ length: 70 }, (_, index) => ({ ...engineering, clientId: `client-${index}` }));
  for (const one of keys)
    valueOf(
      await records.write(
        recordNameOf(one),
        sealedFile(newSessionRecord(one, {}, 1), new Secret('t'), key),
        'store',
        wanted,
      ),
    );
  expect([...recordsOf(await records.load()).keys()].toSorted()).toEqual(keys.map(recordNameOf).toSorted());
});

test('a damaged record is set aside and does not hinder the others; where its header is whole it says why', async () => {
  const store = await stored();
  truncateSync(store.path, bytes.length - 3);
  const loaded = recordsOf(await store.records.load());
  const ended = { ...record, ended: { code: 'STORE_UNREADABLE', at: store.clock.now() } };
  expect(loaded.get(name)).toEqual(ended);
  expect(readFileSync(store.path, 'utf8')).toBe(`${JSON.stringify(ended)}\n`);
  expect(await setAsideNames(store)).toContain(`${name}.session`);
  expect(recordsOf(await store.records.load()).get(name)).toEqual(ended);
});

test('a record without a readable header is set aside, and nothing takes its place', async () => {
  const store = await stored();
  writeFileSync(store.path, 'no header at all');
  expect(recordsOf(await store.records.load()).has(name)).toBe(false);
  expect(readdirSync(store.sessions)).not.toContain(`${name}.session`);
  expect(await setAsideNames(store)).toContain(`${name}.session`);
});

test('a record that cannot be read now is neither set aside nor touched, and is back at the next start', async () => {
  const store = await stored();
  store.disk.fault = on('read', 'EIO');
  expect(valueOf(await store.records.load())).toEqual({
    records: new Map(),
    unread: new Set([engineering, finance].map(recordNameOf)),
  });
  expect(codeOf(await store.records.read(name))).toBe('STORE_WRITE_FAILED');
  store.disk.fault = () => undefined;
  expect(await setAsideNames(store)).toEqual([]);
  expect(await tokenIn(store)).toBe('refresh-token');
});

test('a record that cannot be moved out of the way is left as it is: its end is told and not written over it', async () => {
  const store = await stored();
  const moves = ({ kind, name: file }: DiskOperation) => kind === 'rename' && !file.endsWith('.session');
  store.disk.fault = (operation) => (moves(operation) ? 'EACCES' : undefined);
  expect(await store.records.setAside(name)).toMatchObject({ ended: { code: 'STORE_UNREADABLE' } });
  expect(readFileSync(store.path)).toEqual(bytes);
});

test.each(['EACCES', 'EIO'])('a folder that cannot be listed (%s) is not an empty one', async (error) => {
  const store = await stored();
  store.disk.fault = on('list', error);
  expect(codeOf(await store.records.load())).toBe('STORE_WRITE_FAILED');
  store.disk.fault = () => undefined;
  expect(await tokenIn(store)).toBe('refresh-token');
});

test('a folder that is not there and cannot be made has no records', async () => {
  const { disk, records } = testStore();
  disk.fault = on('makeFolder', 'EROFS');
  expect(valueOf(await records.load())).toEqual({ records: new Map(), unread: new Set() });
});

test('a missing record is unreadable, and its bytes are none', async () => {
  const { records } = testStore();
  expect(codeOf(await records.read(name))).toBe('STORE_UNREADABLE');
  expect(valueOf(await records.bytes(name))).toBeUndefined();
});

test('bytes are the whole file, or say that it could not be read', async () => {
  const store = await stored();
  expect(valueOf(await store.records.bytes(name))).toEqual(bytes);
  store.disk.fault = on('read', 'EIO');
  expect(codeOf(await store.records.bytes(name))).toBe('STORE_WRITE_FAILED');
});

test('an undone write leaves the file of before it, or none where there was none', async () => {
  const store = await stored();
  valueOf(await store.records.write(name, clearFile(record), 'store', wanted));
  await store.records.putBack(name, bytes);
  expect(await tokenIn(store)).toBe('refresh-token');
  store.disk.operations.length = 0;
  await store.records.putBack(name, undefined);
  expect(readdirSync(store.sessions)).not.toContain(`${name}.session`);
  expect(store.disk.operations.map(({ kind }) => kind)).toEqual(['remove', 'syncFolder']);
});

test('a write that nobody wants any more leaves the record of before it, and names its steps by what it is for', async () => {
  const { folder, disk, writer, setAside } = testStore();
  const points: string[] = [];
  const records = new RecordStore({
    folder: join(folder, 'sessions'),
    disk,
    writer,
    setAside,
    now: () => 0,
    faultPoint: (point) => void points.push(point),
  });
  valueOf(await records.write(name, bytes, 'store', wanted));
  expect(codeOf(await records.write(name, clearFile(record), 'commit', () => false))).toBe('OP_STALE');
  expect(valueOf(await records.bytes(name))).toEqual(bytes);
  expect(points).toContain('store-durable');
  expect(points).toContain('commit-before-rename');
  expect(points).not.toContain('commit-renamed');
});

test('a deleted record is gone for good, with what was set aside of it, and with nothing of another session', async () => {
  const store = await stored();
  await store.records.keepCopy(name);
  await store.records.keepCopy(recordNameOf(finance));
  valueOf(await store.records.write(name, bytes, 'store', wanted));
  valueOf(await store.records.remove(name));
  expect(readdirSync(store.sessions)).toEqual([]);
  expect(await setAsideNames(store)).toEqual([`${recordNameOf(finance)}.session`]);
  expect(store.disk.operations).toContainEqual({ kind: 'syncFolder', name: 'sessions' });
});

test('a deletion that the disk refuses is told; one of what is not there is done', async () => {
  const store = await stored();
  store.disk.fault = on('remove', 'EROFS');
  expect(codeOf(await store.records.remove(name))).toBe('STORE_WRITE_FAILED');
  const { records } = testStore();
  valueOf(await records.remove(name));
});

test('a deletion that may not survive a power cut is not called done', async () => {
  const store = await stored();
  store.disk.fault = on('syncFolder', 'EIO');
  expect(codeOf(await store.records.remove(name))).toBe('STORE_WRITE_FAILED');
});

test('only the file of a record has the name of one', () => {
  expect(RecordStore.nameOf(`${name}.session`)).toBe(name);
  expect(RecordStore.nameOf('data-key.json')).toBeUndefined();
});
