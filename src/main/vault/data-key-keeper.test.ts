import { expect, test } from 'vitest';
import type { ActivityEvent } from '../base/event-sink';
import { success } from '../base/failure';
import { DataKeyKeeper } from './data-key-keeper';
import { KeyFile } from './key-file';
import { KeySources } from './key-sources';
import { MemoryKeychain } from './testing/memory-keychain';
import { codeOf, valueOf } from './testing/results';
import { testStore } from './testing/test-store';

const retryAfterMs = 30_000;

/** One start of the app after another on one profile, each with a keeper of its own. */
function profile() {
  const store = testStore();
  const keychain = new MemoryKeychain();
  const file = new KeyFile(store.folder, store.disk, store.writer, store.setAside);
  const sealed = { records: false };
  const events: ActivityEvent[] = [];
  const start = () => {
    const sources = new KeySources({ keychain, file, platform: 'linux' });
    const keeper = new DataKeyKeeper({
      file,
      sources,
      clock: store.clock,
      events: { record: (event) => events.push(event) },
      hasSealedRecords: () => Promise.resolve(success(sealed.records)),
      retryAfterMs,
    });
    const told: unknown[] = [];
    keeper.onChange(() => told.push(keeper.source));
    return { keeper, told };
  };
  return { ...store, keychain, file, sealed, events, start };
}

async function sealedProfile() {
  const made = profile();
  const { id } = valueOf(await made.start().keeper.key('sign-in'));
  made.sealed.records = true;
  return { ...made, id };
}

test('the key is asked for when it is first wanted, once for all who want it, and never again', async () => {
  const { keychain, start, id } = await sealedProfile();
  const { keeper } = start();
  keychain.calls.length = 0;
  expect([keeper.source, keychain.calls]).toEqual(['pending', []]);
  const keys = await Promise.all([keeper.key('use'), keeper.key('use'), keeper.key('sign-in')]);
  await keeper.key('use');
  expect(keys.map((key) => valueOf(key).id)).toEqual([id, id, id]);
  expect(keychain.calls).toHaveLength(1);
});

test('a failure stands for a while, except for a sign-in and for a person who asks', async () => {
  const { keychain, clock, start } = await sealedProfile();
  const { keeper } = start();
  keychain.fails = 'STORE_LOCKED';
  const asked = async (ask: () => Promise<unknown>) => {
    keychain.calls.length = 0;
    await ask();
    return keychain.calls.length;
  };
  expect(await asked(() => keeper.key('use'))).toBe(1);
  await clock.advance(retryAfterMs - 1);
  expect(await asked(() => keeper.key('use'))).toBe(0);
  expect(await asked(() => keeper.key('sign-in'))).toBe(1);
  expect(await asked(() => keeper.retry())).toBe(1);
  await clock.advance(retryAfterMs);
  expect(await asked(() => keeper.key('use'))).toBe(1);
});

test('a key that is gone is not replaced for a refresh, but for a person who signs in: that is told', async () => {
  const { keychain, file, setAside, start, id } = await sealedProfile();
  keychain.entries.clear();
  const { keeper } = start();
  expect(codeOf(await keeper.key('use'))).toBe('STORE_UNREADABLE');
  expect([keychain.entries.size, valueOf(await file.read())]).toMatchObject([0, { keyId: id }]);
  expect(valueOf(await keeper.key('sign-in')).id).not.toBe(id);
  expect(keeper.change).toEqual({ before: 'memory', now: { kind: 'keychain' }, isKeyReplaced: true });
  expect(valueOf(await setAside.list()).map(({ name }) => name)).toEqual(['data-key.json']);
});

test('a sign-in that waits for a refresh’s question asks once more where that one may not replace the key', async () => {
  const { keychain, start, id } = await sealedProfile();
  keychain.entries.clear();
  const { keeper } = start();
  const [use, signIn] = await Promise.all([keeper.key('use'), keeper.key('sign-in')]);
  expect(codeOf(use)).toBe('STORE_UNREADABLE');
  expect(valueOf(signIn).id).not.toBe(id);
});

test('a locked keychain is no lost key, not even for a sign-in', async () => {
  const { keychain, file, start, id } = await sealedProfile();
  keychain.fails = 'STORE_LOCKED';
  const { keeper } = start();
  expect(codeOf(await keeper.key('sign-in'))).toBe('STORE_LOCKED');
  expect(valueOf(await file.read())).toMatchObject({ keyId: id });
  keychain.fails = undefined;
  expect(valueOf(await keeper.retry()).id).toBe(id);
});

test('a new key takes nothing’s place where the old file cannot be moved out of the way', async () => {
  const { disk, keychain, start } = await sealedProfile();
  keychain.entries.clear();
  disk.fault = ({ kind }) => (kind === 'rename' ? 'EROFS' : undefined);
  expect(codeOf(await start().keeper.key('sign-in'))).toBe('STORE_WRITE_FAILED');
  expect(keychain.entries.size).toBe(0);
});

test('a profile that lost its key file makes no key while anything is sealed', async () => {
  const { file, start, id } = await sealedProfile();
  valueOf(await file.retire());
  const { keeper } = start();
  expect(codeOf(await keeper.key('use'))).toBe('STORE_UNREADABLE');
  expect(valueOf(await file.read())).toBe('absent');
  expect(valueOf(await keeper.key('sign-in')).id).not.toBe(id);
});

test('a damaged key file of a profile with nothing sealed is set aside, and a key is made', async () => {
  const { folder, disk, writer, setAside, start } = profile();
  valueOf(await writer.replace(folder, 'data-key.json', Buffer.from('{')));
  expect(disk.operations.length).toBeGreaterThan(0);
  valueOf(await start().keeper.key('use'));
  expect(valueOf(await setAside.list()).map(({ name }) => name)).toEqual(['data-key.json']);
});

test('a disk that cannot be read makes no key, and works when it can', async () => {
  const { disk, keychain, start, id } = await sealedProfile();
  disk.fault = ({ kind }) => (kind === 'read' ? 'EIO' : undefined);
  const { keeper } = start();
  expect(codeOf(await keeper.key('sign-in'))).toBe('STORE_WRITE_FAILED');
  expect(keychain.entries.size).toBe(1);
  disk.fault = () => undefined;
  expect(valueOf(await keeper.retry()).id).toBe(id);
});

test('a source is news when it becomes another, for another reason too, and not when it is what it always was', async () => {
  const { keychain, events, start } = await sealedProfile();
  events.length = 0;
  const { keeper, told } = start();
  for (const fails of ['STORE_LOCKED', 'STORE_LOCKED', 'STORE_UNAVAILABLE', undefined] as const) {
    keychain.fails = fails;
    await keeper.retry();
  }
  expect(told).toMatchObject([
    { kind: 'memory', reason: { code: 'STORE_LOCKED' } },
    { kind: 'memory', reason: { code: 'STORE_UNAVAILABLE' } },
    { kind: 'keychain' },
  ]);
  expect(events.map(({ kind, code }) => [kind, code])).toEqual([
    ['memory', 'STORE_LOCKED'],
    ['memory', 'STORE_UNAVAILABLE'],
    ['keychain', undefined],
  ]);
});

test('the first start of a profile has no change to explain, and neither has the next one', async () => {
  const { start } = profile();
  const first = start().keeper;
  await first.key('sign-in');
  expect(first.change).toBeUndefined();
  const next = start().keeper;
  await next.key('use');
  expect(next.change).toBeUndefined();
});

test('who waits for a key is told when there is one', async () => {
  const { keychain, start } = await sealedProfile();
  const { keeper } = start();
  let ready = 0;
  keeper.onReady(() => (ready += 1));
  keychain.fails = 'STORE_LOCKED';
  await keeper.retry();
  expect(ready).toBe(0);
  keychain.fails = undefined;
  await keeper.retry();
  expect(ready).toBe(1);
});
