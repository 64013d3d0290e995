import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DataKey } from './data-key';
import { KeyFile, type SealingKey, sealingKeyOf } from './key-file';
import { type FoundKey, KeySources, type KeySourcesDependencies } from './key-sources';
import { MemoryKeychain } from './testing/memory-keychain';
import { codeOf, valueOf } from './testing/results';
import { testStore } from './testing/test-store';
import { wrappingCodec } from './testing/wrapping-codec';

function setUp(more: Partial<KeySourcesDependencies> = {}) {
  const { folder, disk, writer, setAside } = testStore();
  const file = new KeyFile(folder, disk, writer, setAside);
  const keychain = new MemoryKeychain();
  const sources = new KeySources({ keychain, file, platform: 'linux', ...more });
  return { disk, file, keychain, sources };
}
type SetUp = ReturnType<typeof setUp>;

async function sealing({ file }: SetUp): Promise<SealingKey> {
  return sealingKeyOf(valueOf(await file.read())) ?? expect.unreachable('no key is noted');
}
async function created(more: Partial<KeySourcesDependencies> = {}) {
  const parts = setUp(more);
  if (more.safeStorage !== undefined) parts.keychain.fails = 'STORE_UNAVAILABLE';
  const found = valueOf(await parts.sources.create('absent'));
  return { ...parts, found, noted: await sealing(parts) };
}
const same = (a: FoundKey, b: FoundKey) => a.key.id === b.key.id && a.source === b.source;

test('a key that was made in the keychain is the one that is opened', async () => {
  const { sources, found, noted } = await created();
  expect(noted).toMatchObject({ source: 'keychain', keyId: found.key.id });
  expect(same(valueOf(await sources.open(noted)), found)).toBe(true);
});

test('an entry with another key, or with none, is not the key that sealed', async () => {
  const { keychain, sources, noted } = await created();
  for (const text of [DataKey.generate().toText().reveal(), 'no key']) {
    for (const account of keychain.entries.keys()) keychain.entries.set(account, text);
    expect(codeOf(await sources.open(noted))).toBe('STORE_UNREADABLE');
  }
});

test('an entry is gone only where the keychain works: one that cannot be written to is locked', async () => {
  const { keychain, sources, noted } = await created();
  keychain.entries.clear();
  expect(codeOf(await sources.open(noted))).toBe('STORE_UNREADABLE');
  // The question whether it works leaves nothing behind.
  expect([...keychain.entries]).toEqual([]);
  const write = keychain.write.bind(keychain);
  keychain.write = (account, secret) => {
    keychain.fails = 'STORE_LOCKED';
    return write(account, secret);
  };
  expect(codeOf(await sources.open(noted))).toBe('STORE_LOCKED');
});

test('a keychain that was only half up has the entry when it is asked again', async () => {
  const { keychain, sources, found, noted } = await created();
  const entries = new Map(keychain.entries);
  keychain.entries.clear();
  const remove = keychain.remove.bind(keychain);
  keychain.remove = (account) => {
    for (const [name, text] of entries) keychain.entries.set(name, text);
    return remove(account);
  };
  expect(same(valueOf(await sources.open(noted)), found)).toBe(true);
});

test.each(['STORE_LOCKED', 'STORE_UNAVAILABLE'] as const)(
  'a keychain that says %s is believed, and asked for nothing else',
  async (code) => {
    const { keychain, sources, noted } = await created();
    keychain.fails = code;
    keychain.calls.length = 0;
    expect(codeOf(await sources.open(noted))).toBe(code);
    expect(keychain.calls).toHaveLength(1);
  },
);

test('a key whose making was interrupted is finished under the name it was given', async () => {
  const parts = setUp();
  const profileId = randomUUID();
  const left = DataKey.generate();
  parts.keychain.entries.set(`data-key:${profileId}`, left.toText().reveal());
  const found = valueOf(await parts.sources.create({ source: 'keychain', profileId }));
  expect(found.key.id).toBe(left.id);
  expect(await sealing(parts)).toEqual(expect.objectContaining({ profileId, keyId: left.id }));
});

test('the place is noted before the key is made, so that a crash leaves no entry that nothing points to', async () => {
  const parts = setUp();
  parts.disk.fault = ({ kind }) => (kind === 'rename' ? 'ENOSPC' : undefined);
  expect(codeOf(await parts.sources.create('absent'))).toBe('STORE_FULL');
  expect([...parts.keychain.entries]).toEqual([]);
});

test('a locked keychain is not passed over for a weaker place', async () => {
  const { file, keychain, sources } = setUp({ safeStorage: wrappingCodec('gnome_libsecret') });
  keychain.fails = 'STORE_LOCKED';
  expect(codeOf(await sources.create('absent'))).toBe('STORE_LOCKED');
  expect(valueOf(await file.read())).toBe('absent');
});

test('without a keychain the key is wrapped where something real wraps it, and opens there only', async () => {
  const safeStorage = wrappingCodec('kwallet6');
  const { sources, keychain, found, noted } = await created({ safeStorage });
  expect(found.source).toBe('safe-storage');
  expect(JSON.stringify(noted)).not.toContain(found.key.toText().reveal());
  expect(same(valueOf(await sources.open(noted)), found)).toBe(true);
  const elsewhere = async (codec: ReturnType<typeof wrappingCodec>) =>
    codeOf(await setUp({ keychain, safeStorage: codec }).sources.open(noted));
  expect(await elsewhere(wrappingCodec('gnome_libsecret'))).toBe('STORE_UNAVAILABLE');
  expect(await elsewhere(wrappingCodec('kwallet6', 128))).toBe('STORE_UNREADABLE');
  safeStorage.locked = true;
  expect(codeOf(await sources.open(noted))).toBe('STORE_LOCKED');
});

test('a wrapping that cannot be undone is none, and neither is one that fails', async () => {
  const forgetful = { ...wrappingCodec('kwallet6'), decrypt: () => Promise.resolve('another text') };
  const failing = wrappingCodec('kwallet6');
  failing.locked = true;
  for (const safeStorage of [forgetful, failing]) {
    const { file, keychain, sources } = setUp({ safeStorage });
    keychain.fails = 'STORE_UNAVAILABLE';
    expect(codeOf(await sources.create('absent'))).toBe('STORE_UNAVAILABLE');
    expect(valueOf(await file.read())).toMatchObject({ source: 'memory' });
  }
});

test('where there is no place at all that is noted once, and never over the place of a key', async () => {
  const { disk, file, keychain, sources } = setUp();
  keychain.fails = 'STORE_UNAVAILABLE';
  expect(codeOf(await sources.create('absent'))).toBe('STORE_UNAVAILABLE');
  expect(valueOf(await file.read())).toMatchObject({ source: 'memory' });
  disk.operations.length = 0;
  expect(codeOf(await sources.create({ source: 'memory' }))).toBe('STORE_UNAVAILABLE');
  expect(codeOf(await sources.create({ source: 'keychain', profileId: randomUUID() }))).toBe(
    'STORE_UNAVAILABLE',
  );
  expect(disk.operations).toEqual([]);
});
