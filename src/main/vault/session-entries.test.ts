import { existsSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failed, type Failure, success } from '../base/failure';
import { Secret } from '../base/secret';
import { DataKey } from './data-key';
import { SessionEntries } from './session-entries';
import { changeEntry, type SessionEntry } from './session-entry';
import { recordNameOf, type SessionKey } from './session-key';
import { newSessionRecord } from './session-record';
import { codeOf, tokenIn, valueOf } from './testing/results';
import { type TestStore, testStore } from './testing/test-store';
import { engineering, finance } from './testing/test-vault';

const name = recordNameOf(engineering);
const dataKey = DataKey.generate();
const token = (text: string) => new Secret(`refresh-token-${text}`);

/** The entries of one start of the app, on real files; the key can be had or not. */
function start(store: TestStore = testStore()) {
  const keys = { fails: undefined as Failure['code'] | undefined, asked: 0 };
  const key = () => {
    keys.asked += 1;
    return Promise.resolve(keys.fails === undefined ? success(dataKey) : failed(keys.fails));
  };
  const entries = new SessionEntries({ records: store.records, keys: { key }, clock: store.clock });
  return { store, keys, entries, path: join(store.folder, 'sessions', `${name}.session`) };
}
type Started = ReturnType<typeof start>;

function begin({ entries }: Started, key: SessionKey = engineering, text = '1'): SessionEntry {
  const entry: SessionEntry = {
    name: recordNameOf(key),
    record: newSessionRecord(key, { account: 'ada' }, 1_700_000_000_000),
    token: token(text),
    isOnDisk: false,
    setsTokenAside: false,
    behind: undefined,
    version: 0,
  };
  entries.set(entry);
  return entry;
}

async function signedIn() {
  const started = start();
  const entry = begin(started);
  valueOf(await started.entries.persist(entry, 'store'));
  return { ...started, entry };
}

/** The token that another start of the app finds. */
async function found(store: TestStore): Promise<string> {
  const { entries } = start(store);
  await entries.load();
  const entry = entries.get(name);
  if (entry === undefined) return 'none';
  return tokenIn(await entries.inTurn(name, () => entries.tokenOf(entry, dataKey)));
}

test('what is written is found by the next start, which reads the folder once', async () => {
  const { store, entry } = await signedIn();
  expect(entry).toMatchObject({ isOnDisk: true, token: undefined, behind: undefined });
  const again = start(store);
  store.disk.operations.length = 0;
  await Promise.all([again.entries.load(), again.entries.load()]);
  await again.entries.load();
  expect(store.disk.operations.filter(({ kind }) => kind === 'list')).toHaveLength(1);
  expect(again.entries.all().map(({ record }) => record)).toEqual([entry.record]);
  expect(await found(store)).toBe('refresh-token-1');
});

test('a change that comes while another is written is written too, by whichever is last', async () => {
  const { store, entries, entry } = await signedIn();
  store.disk.before = ({ kind }) => {
    if (kind !== 'sync') return;
    store.disk.before = () => undefined;
    changeEntry(entry, entry.record, token('3'));
  };
  changeEntry(entry, entry.record, token('2'));
  valueOf(await entries.persist(entry, 'commit'));
  expect(entry.token?.reveal()).toBe('refresh-token-3');
  valueOf(await entries.persist(entry, 'commit'));
  expect(entry.token).toBeUndefined();
  expect(await found(store)).toBe('refresh-token-3');
});

test('a disk that fails leaves the token in memory, is told once, and is tried again until it works', async () => {
  const { store, entries, entry } = await signedIn();
  const told: (string | undefined)[] = [];
  entries.onBehind(() => told.push(entry.behind?.code));
  store.disk.fault = ({ kind }) => (kind === 'create' ? 'ENOSPC' : undefined);
  changeEntry(entry, entry.record, token('2'));
  expect(codeOf(await entries.persist(entry, 'commit'))).toBe('STORE_FULL');
  expect(codeOf(await entries.persist(entry, 'commit'))).toBe('STORE_FULL');
  expect(tokenIn(await entries.tokenOf(entry, dataKey))).toBe('refresh-token-2');
  await store.clock.advance(1_000);
  // The second try has failed as well, and the third is waited for.
  await expect.poll(() => store.clock.timerCount()).toBe(1);
  store.disk.fault = () => undefined;
  await store.clock.advance(2_000);
  await expect.poll(() => told).toEqual(['STORE_FULL', undefined]);
  expect(await found(store)).toBe('refresh-token-2');
  expect(store.clock.timerCount()).toBe(0);
});

test('a keychain that is locked is not asked again by the clock, but when the key can be had', async () => {
  const started = start();
  started.keys.fails = 'STORE_LOCKED';
  const entry = begin(started);
  expect(codeOf(await started.entries.persist(entry, 'store'))).toBe('STORE_LOCKED');
  expect([entry.behind?.code, started.store.clock.timerCount(), started.keys.asked]).toEqual([
    'STORE_LOCKED',
    0,
    1,
  ]);
  started.keys.fails = undefined;
  expect(await started.entries.catchUp()).toBe(true);
  expect([entry.behind, await found(started.store)]).toEqual([undefined, 'refresh-token-1']);
});

test('an ended session needs no key to be written', async () => {
  const { store, keys, entries, entry } = await signedIn();
  keys.fails = 'STORE_LOCKED';
  changeEntry(entry, { ...entry.record, ended: { code: 'SESSION_ENDED', at: 1 } }, undefined);
  valueOf(await entries.persist(entry, 'end'));
  const again = start(store);
  await again.entries.load();
  expect(again.entries.get(name)?.record.ended?.code).toBe('SESSION_ENDED');
  expect(codeOf(await again.entries.tokenOf(entry, dataKey))).toBe('SESSION_ENDED');
});

test('a session that was signed out while its write waited, or was under way, leaves no file', async () => {
  const { store, entries, entry, path } = await signedIn();
  changeEntry(entry, entry.record, token('2'));
  let removed: Promise<unknown> = Promise.resolve();
  store.disk.before = ({ kind }) => {
    if (kind !== 'sync') return;
    store.disk.before = () => undefined;
    removed = entries.remove(name);
  };
  expect(codeOf(await entries.persist(entry, 'commit'))).toBe('OP_STALE');
  await removed;
  expect(codeOf(await entries.persist(entry, 'commit'))).toBe('OP_STALE');
  expect([existsSync(path), entries.get(name), entries.isCurrent(entry)]).toEqual([false, undefined, false]);
});

test('signing out forgets at once, counts, and gives back the token that was sealed', async () => {
  const { entries, path } = await signedIn();
  const removing = entries.remove(name);
  expect([entries.get(name), entries.removals(name)]).toEqual([undefined, 1]);
  const held = valueOf(await removing);
  expect(existsSync(path)).toBe(false);
  expect(held && tokenIn(await held)).toBe('refresh-token-1');
  expect(valueOf(await entries.remove(name))).toBeUndefined();
  expect(entries.removals(name)).toBe(2);
});

test('a sign-out does not wait for a keychain: the record is gone, and its token is what cannot be told', async () => {
  const { keys, entries, path } = await signedIn();
  keys.fails = 'STORE_LOCKED';
  const held = valueOf(await entries.remove(name));
  expect(existsSync(path)).toBe(false);
  expect(held && codeOf(await held)).toBe('STORE_LOCKED');
});

test('of a session that the disk never held the token is given back from memory', async () => {
  const started = start();
  begin(started);
  const held = valueOf(await started.entries.remove(name));
  expect(held && tokenIn(await held)).toBe('refresh-token-1');
  expect(started.keys.asked).toBe(0);
});

test('a deletion that fails is told and tried again, until the disk works', async () => {
  const { store, entries, path } = await signedIn();
  store.disk.fault = ({ kind }) => (kind === 'remove' ? 'EROFS' : undefined);
  expect(codeOf(await entries.remove(name))).toBe('STORE_WRITE_FAILED');
  expect([existsSync(path), await entries.catchUp()]).toEqual([true, false]);
  store.disk.fault = () => undefined;
  await store.clock.advance(1_000);
  await expect.poll(() => existsSync(path)).toBe(false);
  expect(await entries.catchUp()).toBe(true);
});

test('a new sign-in is not deleted by a sign-out of before it that the disk had refused', async () => {
  const started = await signedIn();
  const { store, entries } = started;
  store.disk.fault = ({ kind }) => (kind === 'remove' ? 'EROFS' : undefined);
  expect(codeOf(await entries.remove(name))).toBe('STORE_WRITE_FAILED');
  store.disk.fault = () => undefined;
  valueOf(await entries.persist(begin(started, engineering, '2'), 'store'));
  await store.clock.advance(60_000);
  expect(await entries.catchUp()).toBe(true);
  expect(await found(store)).toBe('refresh-token-2');
});

test('a record that does not open is set aside, and its session has ended for that', async () => {
  const { store, entries, entry, path } = await signedIn();
  truncateSync(path, 30);
  expect(codeOf(await entries.tokenOf(entry, dataKey))).toBe('STORE_UNREADABLE');
  expect(entry.record).toMatchObject({
    account: 'ada',
    ended: { code: 'STORE_UNREADABLE', at: store.clock.now() },
  });
  expect(valueOf(await store.setAside.list())).toHaveLength(1);
});

test('a record that another key sealed is set aside, and one that cannot be read now is not', async () => {
  const { store, entries, entry } = await signedIn();
  store.disk.fault = ({ kind }) => (kind === 'read' ? 'EIO' : undefined);
  expect(codeOf(await entries.tokenOf(entry, dataKey))).toBe('STORE_WRITE_FAILED');
  store.disk.fault = () => undefined;
  expect(entry.record).not.toHaveProperty('ended');
  expect(codeOf(await entries.tokenOf(entry, DataKey.generate()))).toBe('STORE_UNREADABLE');
  expect(entry.record.ended?.code).toBe('STORE_UNREADABLE');
});

test('nothing to write for want of a token says why the disk is behind, if it is', async () => {
  const { entries, entry } = await signedIn();
  valueOf(await entries.persist(entry, 'commit'));
  entry.behind = { code: 'STORE_FULL', params: {} };
  expect(codeOf(await entries.persist(entry, 'commit'))).toBe('STORE_FULL');
});

test('catching up is not done while the disk fails, and as done as it can be while only the key is missing', async () => {
  const started = await signedIn();
  const { store, keys, entries, entry } = started;
  const other = begin(started, finance);
  store.disk.fault = ({ kind }) => (kind === 'create' ? 'ENOSPC' : undefined);
  changeEntry(entry, entry.record, token('2'));
  await entries.persist(entry, 'commit');
  expect(await entries.catchUp()).toBe(false);
  store.disk.fault = () => undefined;
  keys.fails = 'STORE_UNAVAILABLE';
  expect(codeOf(await entries.persist(other, 'store'))).toBe('STORE_UNAVAILABLE');
  entry.behind = undefined;
  expect(await entries.catchUp()).toBe(true);
});

test('closing tries once more what failed, and nothing is tried after it', async () => {
  const { store, entries, entry } = await signedIn();
  store.disk.fault = ({ kind }) => (kind === 'create' ? 'ENOSPC' : undefined);
  changeEntry(entry, entry.record, token('2'));
  await entries.persist(entry, 'commit');
  store.disk.fault = () => undefined;
  await entries.close();
  expect(await found(store)).toBe('refresh-token-2');
  expect(store.clock.timerCount()).toBe(0);
});
