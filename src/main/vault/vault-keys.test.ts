import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ActivityEvent } from '../base/event-sink';
import { Secret } from '../base/secret';
import type { SafeStorageCodec } from './safe-storage';
import { faultyDisk } from './testing/faulty-disk';
import { MemoryKeychain } from './testing/memory-keychain';
import { endNow } from './testing/end-now';
import { codeOf, tokenIn, valueOf } from './testing/results';
import { engineering, finance, testProfile } from './testing/test-vault';
import { wrappingCodec } from './testing/wrapping-codec';

const token = (text: string) => new Secret(`refresh-token-${text}`);
const sessionFiles = (folder: string) => readdirSync(join(folder, 'sessions'));
const keyFile = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'data-key.json'), 'utf8')) as Record<string, unknown>;

async function signedIn() {
  const profile = testProfile();
  valueOf(await (await profile.open()).store(engineering, { account: 'ada' }, token('1')));
  return profile;
}

test('the data key is 32 random bytes under the profile id in the keychain, noted in a clear file without it', async () => {
  const { folder, keychain } = await signedIn();
  const [[account, key] = ['', '']] = [...keychain.entries];
  expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  expect(keyFile(folder)).toMatchObject({ version: 1, source: 'keychain' });
  expect(account).toBe(`data-key:${String(keyFile(folder)['profileId'])}`);
});

test('two profiles in one keychain never share a key', async () => {
  const keychain = new MemoryKeychain();
  for (const profile of [testProfile(), testProfile()])
    await (await profile.open({ keychain })).store(engineering, {}, token('1'));
  expect(new Set(keychain.entries.values()).size).toBe(2);
});

test('many who need the key at once cause one call', async () => {
  const profile = await signedIn();
  const vault = await profile.open();
  profile.keychain.calls.length = 0;
  await Promise.all([vault.open(engineering), vault.beginRefresh(engineering), vault.open(engineering)]);
  expect(profile.keychain.calls).toHaveLength(1);
});

test('a keychain locked over an existing profile loses nothing: no new key, no sending, and it works once unlocked', async () => {
  const profile = await signedIn();
  const vault = await profile.open();
  const before = [...profile.keychain.entries];
  profile.keychain.fails = 'STORE_LOCKED';
  expect(codeOf(await vault.open(engineering))).toBe('STORE_LOCKED');
  expect(codeOf(await vault.beginRefresh(engineering))).toBe('STORE_LOCKED');
  expect(vault.keySource()).toEqual({ kind: 'memory', reason: { code: 'STORE_LOCKED', params: {} } });
  expect(vault.find(engineering)).not.toHaveProperty('ended');
  profile.keychain.fails = undefined;
  expect(await vault.retryKey()).toEqual({ kind: 'keychain' });
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-1');
  expect([...profile.keychain.entries]).toEqual(before);
});

test('a locked keychain is not asked again and again, except by a person or after a pause', async () => {
  const profile = await signedIn();
  const vault = await profile.open();
  profile.keychain.fails = 'STORE_LOCKED';
  profile.keychain.calls.length = 0;
  for (let i = 0; i < 5; i += 1) await vault.open(engineering);
  expect(profile.keychain.calls).toHaveLength(1);
  await vault.retryKey();
  expect(profile.keychain.calls).toHaveLength(2);
  await profile.clock.advance(30_000);
  profile.keychain.fails = undefined;
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-1');
});

test('a sign-in while the keychain is locked works from memory and is written once it is unlocked', async () => {
  const profile = await signedIn();
  const vault = await profile.open();
  profile.keychain.fails = 'STORE_LOCKED';
  expect(codeOf(await vault.store(finance, {}, token('f')))).toBe('STORE_LOCKED');
  expect(vault.whyNotRemembered(finance)?.code).toBe('STORE_LOCKED');
  const ticket = valueOf(await vault.beginRefresh(finance));
  expect(codeOf(await ticket.commit(token('f2')))).toBe('STORE_LOCKED');
  expect(tokenIn(await vault.open(finance))).toBe('refresh-token-f2');
  expect(sessionFiles(profile.folder)).toHaveLength(1);
  profile.keychain.fails = undefined;
  profile.keychain.answerLate();
  await expect.poll(() => vault.whyNotRemembered(finance)).toBeUndefined();
  expect(tokenIn(await (await profile.open()).open(finance))).toBe('refresh-token-f2');
});

test('a key that someone deleted: records stay, nothing is made silently, and a deleted key that returns is used', async () => {
  const profile = await signedIn();
  const [[account, key] = ['', '']] = [...profile.keychain.entries];
  profile.keychain.entries.clear();
  const vault = await profile.open();
  expect(codeOf(await vault.open(engineering))).toBe('STORE_UNREADABLE');
  expect(codeOf(await vault.beginRefresh(engineering))).toBe('STORE_UNREADABLE');
  expect(profile.keychain.entries.size).toBe(0);
  expect(vault.find(engineering)).not.toHaveProperty('ended');
  expect(valueOf(await vault.listSetAside())).toEqual([]);
  profile.keychain.entries.set(account, key);
  await vault.retryKey();
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-1');
});

test('a keychain that says "no such entry" but does not work is a locked one', async () => {
  const profile = await signedIn();
  const { keychain } = profile;
  keychain.entries.clear();
  const halfUp = Object.assign(Object.create(keychain) as MemoryKeychain, {
    read: (account: string) => keychain.read(account),
    write: () =>
      Promise.resolve({ ok: false as const, failure: { code: 'STORE_LOCKED' as const, params: {} } }),
    onLateAnswer: () => undefined,
  });
  const vault = await profile.open({ keychain: halfUp });
  expect(codeOf(await vault.open(engineering))).toBe('STORE_LOCKED');
  expect(codeOf(await vault.store(engineering, {}, token('2')))).toBe('STORE_LOCKED');
  expect(keyFile(profile.folder)).toHaveProperty('keyId');
});

test('after the key is gone a sign-in makes a new one, says so, and older records are set aside when they are opened', async () => {
  const profile = await signedIn();
  valueOf(await (await profile.open()).store(finance, {}, token('f')));
  const oldProfileId = keyFile(profile.folder)['profileId'];
  profile.keychain.entries.clear();
  const vault = await profile.open();
  let told = 0;
  vault.onChange(() => (told += 1));
  valueOf(await vault.store(engineering, {}, token('2')));
  const change = { before: 'keychain', now: { kind: 'keychain' }, isKeyReplaced: true };
  expect([vault.keySourceChange(), told]).toEqual([change, 1]);
  expect(keyFile(profile.folder)['profileId']).not.toBe(oldProfileId);
  const restarted = await profile.open();
  expect(tokenIn(await restarted.open(engineering))).toBe('refresh-token-2');
  expect(codeOf(await restarted.open(finance))).toBe('STORE_UNREADABLE');
  expect(restarted.find(finance)?.ended?.code).toBe('STORE_UNREADABLE');
  const kept = valueOf(await restarted.listSetAside());
  expect(kept.map(({ record }) => record?.registry).sort()).toEqual([finance.registry, undefined].sort());
});

test('another key in the place of ours is not used', async () => {
  const profile = await signedIn();
  const [account = ''] = [...profile.keychain.entries.keys()];
  for (const other of [Buffer.alloc(32, 7).toString('base64url'), 'no key at all', '']) {
    profile.keychain.entries.set(account, other);
    expect(codeOf(await (await profile.open()).open(engineering))).toBe('STORE_UNREADABLE');
  }
  expect(sessionFiles(profile.folder)).toHaveLength(1);
});

test.each(['', '{', '{"version":1,"source":"keychain"}', '{"version":9}', '[]', '\0\0\0'])(
  'a key file that holds %j over sealed records is treated as a lost key',
  async (content) => {
    const profile = await signedIn();
    writeFileSync(join(profile.folder, 'data-key.json'), content);
    const vault = await profile.open();
    expect(codeOf(await vault.open(engineering))).toBe('STORE_UNREADABLE');
    expect(profile.keychain.entries.size).toBe(1);
    valueOf(await vault.store(engineering, {}, token('2')));
    expect(tokenIn(await (await profile.open()).open(engineering))).toBe('refresh-token-2');
  },
);

test('a missing key file over sealed records is a lost key too; a disk that cannot read it is not', async () => {
  const profile = await signedIn();
  const disk = faultyDisk();
  disk.fault = ({ kind, name }) => (kind === 'read' && name === 'data-key.json' ? 'EIO' : undefined);
  expect(codeOf(await (await profile.open({ disk })).store(engineering, {}, token('2')))).toBe(
    'STORE_WRITE_FAILED',
  );
  rmSync(join(profile.folder, 'data-key.json'));
  expect(codeOf(await (await profile.open()).open(engineering))).toBe('STORE_UNREADABLE');
});

test('a crash between making the key and noting it leaves no second key behind', async () => {
  const profile = testProfile();
  const disk = faultyDisk();
  let keyFileWrites = 0;
  disk.fault = ({ kind, name }) => {
    if (kind === 'rename' && name === 'data-key.json') keyFileWrites += 1;
    return keyFileWrites === 2 ? 'EIO' : undefined;
  };
  expect(codeOf(await (await profile.open({ disk })).store(engineering, {}, token('1')))).toBe(
    'STORE_WRITE_FAILED',
  );
  expect(profile.keychain.entries.size).toBe(1);
  const vault = await profile.open();
  valueOf(await vault.store(engineering, {}, token('2')));
  expect(profile.keychain.entries.size).toBe(1);
  expect(tokenIn(await (await profile.open()).open(engineering))).toBe('refresh-token-2');
});

test('without any keychain everything works in memory, with the reason, and nothing is on disk', async () => {
  const profile = testProfile();
  profile.keychain.fails = 'STORE_UNAVAILABLE';
  const vault = await profile.open({ safeStorage: wrappingCodec('basic_text') });
  expect(vault.keySource()).toBe('pending');
  valueOf(await vault.store(engineering, { account: 'ada' }, token('1')));
  expect(vault.keySource()).toEqual({ kind: 'memory', reason: { code: 'STORE_UNAVAILABLE', params: {} } });
  expect(vault.whyNotRemembered(engineering)?.code).toBe('STORE_UNAVAILABLE');
  const ticket = valueOf(await vault.beginRefresh(engineering));
  valueOf(await ticket.commit(token('2')));
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-2');
  await valueOf(await vault.beginRefresh(engineering)).withdraw();
  expect(vault.find(engineering)).not.toHaveProperty('attempt');
  valueOf(await endNow(vault, engineering, 'SESSION_ENDED'));
  expect(codeOf(await vault.open(engineering))).toBe('SESSION_ENDED');
  expect((await vault.remove(engineering)).ok).toBe(true);
  expect(await vault.list()).toEqual([]);
  await vault.close();
  expect(sessionFiles(profile.folder)).toEqual([]);
});

test('memory only: a sign-out still gives the token back for a revocation', async () => {
  const profile = testProfile();
  profile.keychain.fails = 'STORE_UNAVAILABLE';
  const vault = await profile.open();
  await vault.store(engineering, {}, token('1'));
  const held = valueOf(await vault.remove(engineering));
  expect(held && tokenIn(await held)).toBe('refresh-token-1');
});

test('a keychain that appears is reported as a change, and what was in memory is kept from then on', async () => {
  const profile = testProfile();
  profile.keychain.fails = 'STORE_UNAVAILABLE';
  const events: ActivityEvent[] = [];
  const vault = await profile.open({ events: { record: (event) => events.push(event) } });
  await vault.store(engineering, {}, token('1'));
  let told = 0;
  vault.onChange(() => (told += 1));
  profile.keychain.fails = undefined;
  await vault.retryKey();
  const change = { before: 'memory', now: { kind: 'keychain' }, isKeyReplaced: false };
  expect([vault.keySourceChange(), told]).toEqual([change, 1]);
  await expect.poll(() => vault.whyNotRemembered(engineering)).toBeUndefined();
  expect(told).toBe(2);
  expect(tokenIn(await (await profile.open()).open(engineering))).toBe('refresh-token-1');
  expect(events.map(({ kind, code }) => [kind, code])).toEqual([
    ['memory', 'STORE_UNAVAILABLE'],
    ['keychain', undefined],
  ]);
});

test('a keychain that is gone from a sealed profile is reported as a change and replaced by nothing', async () => {
  const profile = await signedIn();
  profile.keychain.fails = 'STORE_UNAVAILABLE';
  const vault = await profile.open({ safeStorage: wrappingCodec('gnome_libsecret') });
  let told = 0;
  vault.onChange(() => (told += 1));
  expect(codeOf(await vault.beginRefresh(engineering))).toBe('STORE_UNAVAILABLE');
  expect([vault.keySourceChange(), told]).toMatchObject([{ before: 'keychain', now: { kind: 'memory' } }, 1]);
  expect(keyFile(profile.folder)).toMatchObject({ source: 'keychain' });
});

test.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])(
  'without the keychain binding safeStorage wraps the key when %s backs it, and it opens again',
  async (kind) => {
    const profile = testProfile();
    profile.keychain.fails = 'STORE_UNAVAILABLE';
    const safeStorage = wrappingCodec(kind);
    const vault = await profile.open({ safeStorage });
    valueOf(await vault.store(engineering, {}, token('1')));
    expect(vault.keySource()).toEqual({ kind: 'safe-storage' });
    expect(vault.whyNotRemembered(engineering)).toBeUndefined();
    expect(keyFile(profile.folder)).toMatchObject({ source: 'safe-storage', backend: kind });
    expect(tokenIn(await (await profile.open({ safeStorage })).open(engineering))).toBe('refresh-token-1');
  },
);

test.each(['basic_text', 'unknown', 'unavailable', 'kwallet7x', ''])(
  'safeStorage backed by %j is not accepted',
  async (kind) => {
    const profile = testProfile();
    profile.keychain.fails = 'STORE_UNAVAILABLE';
    const vault = await profile.open({ safeStorage: wrappingCodec(kind) });
    await vault.store(engineering, {}, token('1'));
    expect(vault.keySource()).toMatchObject({ kind: 'memory' });
  },
);

test('a wrapped key goes on being used when the keychain appears; locked, gone or of another backend it loses nothing', async () => {
  const profile = testProfile();
  profile.keychain.fails = 'STORE_UNAVAILABLE';
  const safeStorage = wrappingCodec('gnome_libsecret');
  valueOf(await (await profile.open({ safeStorage })).store(engineering, {}, token('1')));
  const open = async (other?: SafeStorageCodec) =>
    (await profile.open(other && { safeStorage: other })).open(engineering);
  expect(codeOf(await open())).toBe('STORE_UNAVAILABLE');
  expect(codeOf(await open(wrappingCodec('basic_text')))).toBe('STORE_UNAVAILABLE');
  expect(codeOf(await open(wrappingCodec('kwallet6')))).toBe('STORE_UNAVAILABLE');
  expect(codeOf(await open(wrappingCodec('gnome_libsecret', 128)))).toBe('STORE_UNREADABLE');
  expect(codeOf(await open(Object.assign(wrappingCodec('gnome_libsecret'), { locked: true })))).toBe(
    'STORE_LOCKED',
  );
  profile.keychain.fails = undefined;
  expect(tokenIn(await open(safeStorage))).toBe('refresh-token-1');
  expect(profile.keychain.entries.size).toBe(0);
});

test('a keychain that accepts the key and does not keep it is none', async () => {
  const profile = testProfile();
  const forgetful = Object.assign(profile.keychain, {
    write: () => Promise.resolve({ ok: true as const, value: undefined }),
  });
  const vault = await profile.open({ keychain: forgetful });
  valueOf(await vault.store(engineering, {}, token('1')));
  expect(vault.whyNotRemembered(engineering)?.code).toBe('STORE_UNAVAILABLE');
});

test('a keychain that is locked instead of missing is told as news, and saying so again is not', async () => {
  const profile = testProfile();
  const vault = await profile.open({ keyRetryAfterMs: 0 });
  const told: unknown[] = [];
  vault.onChange(() => told.push(vault.keySource()));
  for (const fails of ['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE', 'STORE_LOCKED', 'STORE_LOCKED'] as const) {
    profile.keychain.fails = fails;
    await vault.retryKey();
  }
  expect(told).toMatchObject([
    { kind: 'memory', reason: { code: 'STORE_UNAVAILABLE' } },
    { kind: 'memory', reason: { code: 'STORE_LOCKED' } },
  ]);
});
