import { readdirSync, readFileSync } from 'node:fs';
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
    behind: undefined,
    version: 0,
  };
  entries.set(entry);
  if (isStored) valueOf(await entries.persist(entry, 'store'));
  const services = { entries, records: store.records, clock: store.clock };
  const file = () => readFileSync(join(store.folder, 'sessions', `${name}.session`), 'utf8');
  return { ...store, entries, entry, services, file };
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
  const [kept] = await setAside.list();
  const file = parseRecordFile((await setAside.read(kept?.id ?? '')) ?? Buffer.alloc(0), name);
  expect(file && unsealedToken(file, key)?.reveal()).toBe('refresh-token');
});

test('a token that was refused for a reason is not kept anywhere', async () => {
  const { setAside, services, entry, file } = await setUp();
  valueOf(await endSession(services, entry, 'SESSION_ENDED', { setTokenAside: false }));
  expect([await setAside.list(), file().includes('sealed')]).toEqual([[], false]);
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
