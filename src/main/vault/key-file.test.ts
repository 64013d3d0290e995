import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KeyFile, type KeyRecord, sealingKeyOf } from './key-file';
import { codeOf, valueOf } from './testing/results';
import { testStore } from './testing/test-store';

const profileId = randomUUID();
const inKeychain: KeyRecord = { source: 'keychain', profileId, keyId: 'abcd' };
const wrapped: KeyRecord = { source: 'safe-storage', backend: 'kwallet6', wrapped: 'AAAA', keyId: 'abcd' };

function setUp() {
  const { folder, disk, writer, setAside } = testStore();
  const own = join(folder, 'vault');
  return { disk, setAside, path: join(own, 'data-key.json'), file: new KeyFile(own, disk, writer, setAside) };
}
function written(text: string) {
  const { path, file } = setUp();
  mkdirSync(join(path, '..'));
  writeFileSync(path, text);
  return file;
}

test.each<KeyRecord>([inKeychain, { source: 'keychain', profileId }, wrapped, { source: 'memory' }])(
  '%j is read as it was written, in a folder that is made for it',
  async (record) => {
    const { file } = setUp();
    expect(await file.read()).toEqual({ ok: true, value: 'absent' });
    valueOf(await file.write(record));
    expect(valueOf(await file.read())).toMatchObject(record);
  },
);

test.each([
  ['cut in the middle', '{"version":1,"source":"keych'],
  ['empty', ''],
  ['of another version', JSON.stringify({ version: 2, ...inKeychain })],
  ['of a source that is none', JSON.stringify({ version: 1, source: 'cloud', profileId })],
  [
    'with a profile id that is no UUID',
    JSON.stringify({ version: 1, source: 'keychain', profileId: '../x' }),
  ],
  ['with a wrapped key that is no Base64', JSON.stringify({ version: 1, ...wrapped, wrapped: '%' })],
])('a file that is %s is damaged, which is not the same as absent', async (_name, text) => {
  expect(await written(text).read()).toEqual({ ok: true, value: 'damaged' });
});

test('a disk that cannot be read now says nothing about the file', async () => {
  const { disk, file } = setUp();
  valueOf(await file.write(inKeychain));
  disk.fault = ({ kind }) => (kind === 'read' ? 'EIO' : undefined);
  expect(codeOf(await file.read())).toBe('STORE_WRITE_FAILED');
});

test('a write that fails leaves the file before it', async () => {
  const { disk, file } = setUp();
  valueOf(await file.write(inKeychain));
  disk.fault = ({ kind }) => (kind === 'rename' ? 'EROFS' : undefined);
  expect(codeOf(await file.write({ source: 'memory' }))).toBe('STORE_WRITE_FAILED');
  expect(valueOf(await file.read())).toMatchObject(inKeychain);
});

test('a retired file is out of the way and not gone', async () => {
  const { path, setAside, file } = setUp();
  valueOf(await file.write(inKeychain));
  const text = readFileSync(path, 'utf8');
  valueOf(await file.retire());
  expect(existsSync(path)).toBe(false);
  const [kept] = valueOf(await setAside.list());
  expect(kept?.name).toBe('data-key.json');
  expect((await setAside.read(kept?.id ?? ''))?.toString()).toBe(text);
});

test('a file that cannot be retired is left, and said so', async () => {
  const { disk, path, file } = setUp();
  valueOf(await file.write(inKeychain));
  disk.fault = ({ kind }) => (kind === 'rename' ? 'EACCES' : undefined);
  expect(codeOf(await file.retire())).toBe('STORE_WRITE_FAILED');
  expect(existsSync(path)).toBe(true);
});

test('only a finished key of a kind that lasts has sealed anything', () => {
  for (const record of [inKeychain, wrapped]) expect(sealingKeyOf(record)).toEqual(record);
  for (const none of ['absent', 'damaged', { source: 'memory' }, { source: 'keychain', profileId }] as const)
    expect(sealingKeyOf(none)).toBeUndefined();
});
