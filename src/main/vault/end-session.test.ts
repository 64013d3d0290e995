import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { success } from '../base/failure';
import { Secret } from '../base/secret';
import { DataKey } from './data-key';
import { endSession } from './end-session';
import { parseRecordFile, unsealedToken } from './record-file';
import { SessionEntries } from './session-entries';
import type { SessionEntry } from './session-entry';
import { recordNameOf } from './session-key';
import { newSessionRecord } from './session-record';
import type { DiskOperation } from './testing/faulty-disk';
import { codeOf, valueOf } from './testing/results';
import { testStore } from './testing/test-store';
import { engineering } from './testing/test-vault';

const name = recordNameOf(engineering);
const key = DataKey.generate();

async function setUp(isStored = true) {
  const store = testStore();
  const keys = { key: () => Promise.resolve(success(key)) };
  const entries = new SessionEntries({ records: store.records, keys, clock: store.clock });
  const entry: SessionEntry = {
    name,
    record: { ...newSessionRecord(engineering, { account: 'ada' }, 1), attempt: 2, answered: 1 },
    token: new Secret('refresh-token'),
    isOnDisk: false,
    setsTokenAside: false,
    behind: undefined,
    version: 0,
  };
  entries.set(entry);
  if (isStored) valueOf(await entries.persist(entry, 'store'));
  const services = { entries, clock: store.clock };
  const file = () => readFileSync(join(store.folder, 'sessions', `${name}.session`), 'utf8');
  const sealed = () => {
    const sessions = join(store.folder, 'sessions');
    return readdirSync(sessions).map((one) => readFileSync(join(sessions, one)));
  };
  return { ...store, entries, entry, services, file, sealed };
}

test('a session ends in memory at once, and on disk only its header stays, with the reason and without an attempt', async () => {
  const { clock, services, entry, file } = await setUp();
  const ending = endSession(services, entry, 'SESSION_ENDED');
  const ended = { code: 'SESSION_ENDED', at: clock.now() };
  expect(entry).toMatchObject({ token: undefined, record: { account: 'ada', ended } });
  valueOf(await ending);
  expect(file()).toBe(
    `${JSON.stringify({ ...newSessionRecord(engineering, { account: 'ada' }, 1), ended })}\n`,
  );
});

test('a token that was refused without a reason is set aside, sealed as it was', async () => {
  const { setAside, services, entry } = await setUp();
  valueOf(await endSession(services, entry, 'SESSION_ENDED', { setTokenAside: true }));
  const [kept] = valueOf(await setAside.list());
  const file = parseRecordFile((await setAside.read(kept?.id ?? '')) ?? Buffer.alloc(0), name);
  expect(file && unsealedToken(file, key)?.reveal()).toBe('refresh-token');
});

test('a token that was refused for a reason is not kept anywhere', async () => {
  const { setAside, services, entry, file } = await setUp();
  valueOf(await endSession(services, entry, 'SESSION_ENDED', { setTokenAside: false }));
  expect([valueOf(await setAside.list()), file().includes('sealed')]).toEqual([[], false]);
});

/** A token that may still be good, on a disk that cannot move it out of the way now. */
const cannotMove: [string, string, (operation: DiskOperation) => boolean][] = [
  ['EACCES', 'STORE_WRITE_FAILED', ({ kind, name: file }) => kind === 'makeFolder' && file === 'set-aside'],
  ['ENOSPC', 'STORE_FULL', ({ kind, name: file }) => kind === 'rename' && !file.endsWith('.session')],
  ['EIO', 'STORE_WRITE_FAILED', ({ kind, name: file }) => kind === 'syncFolder' && file === 'set-aside'],
];

test.each(cannotMove)(
  '%s while the token is set aside (%s): nothing is written over it, the end is told, and both are made up for later',
  async (error, code, fails) => {
    const { disk, clock, entries, setAside, services, entry, file, sealed } = await setUp();
    const opens = (bytes: Buffer | undefined) => {
      const record = bytes && parseRecordFile(bytes, name);
      return record && unsealedToken(record, key)?.reveal();
    };
    disk.fault = (operation) => (fails(operation) ? error : undefined);
    expect(codeOf(await endSession(services, entry, 'SESSION_ENDED', { setTokenAside: true }))).toBe(code);
    expect(entry).toMatchObject({
      token: undefined,
      record: { ended: { code: 'SESSION_ENDED' } },
      behind: { code },
    });
    const kept = await Promise.all(valueOf(await setAside.list()).map(({ id }) => setAside.read(id)));
    expect([...sealed(), ...kept].map(opens)).toEqual(['refresh-token']);
    disk.fault = () => undefined;
    disk.operations.length = 0;
    await clock.advance(1_000);
    await expect.poll(() => sealed().length === 1 && file()).toContain('SESSION_ENDED');
    await entries.close();
    const [moved] = valueOf(await setAside.list());
    expect(opens(await setAside.read(moved?.id ?? ''))).toBe('refresh-token');
    expect(entry.behind).toBeUndefined();
    // Its new name is durable before the old one is given to another file.
    const steps = disk.operations.map((step) => `${step.kind} ${step.name}`);
    expect(steps.indexOf('syncFolder set-aside')).toBeGreaterThanOrEqual(0);
    expect(steps.indexOf('syncFolder set-aside')).toBeLessThan(
      steps.findIndex((step) => step.startsWith('create')),
    );
  },
);

test('a real file where the folder of what is set aside should be: the token stays in its record', async () => {
  const { folder, services, entry, file } = await setUp();
  writeFileSync(join(folder, 'set-aside'), '');
  const before = file();
  expect(codeOf(await endSession(services, entry, 'SESSION_ENDED', { setTokenAside: true }))).toBe(
    'STORE_WRITE_FAILED',
  );
  expect(file()).toBe(before);
});

test('a session that the disk never held leaves nothing there when it ends', async () => {
  const { folder, services, entry } = await setUp(false);
  valueOf(await endSession(services, entry, 'SESSION_ENDED', { setTokenAside: true }));
  expect(entry.record.ended?.code).toBe('SESSION_ENDED');
  expect(readdirSync(folder)).toEqual([]);
});

test('an end that the disk refuses is one in memory all the same, and is written later', async () => {
  const { disk, clock, services, entry, file } = await setUp();
  disk.fault = ({ kind }) => (kind === 'create' ? 'ENOSPC' : undefined);
  expect(codeOf(await endSession(services, entry, 'IDENTITY_CHANGED'))).toBe('STORE_FULL');
  expect(entry).toMatchObject({ token: undefined, record: { ended: { code: 'IDENTITY_CHANGED' } } });
  disk.fault = () => undefined;
  await clock.advance(1_000);
  await expect.poll(file).toContain('IDENTITY_CHANGED');
});
