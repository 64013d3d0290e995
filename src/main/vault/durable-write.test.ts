import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { DurableWriter } from './durable-write';
import { faultyDisk } from './testing/faulty-disk';
import { codeOf } from './testing/results';

function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'gatepass-write-'));
  const disk = faultyDisk();
  const clock = manualClock();
  const file = join(folder, 'file');
  writeFileSync(file, 'old');
  const content = () => readFileSync(file, 'utf8');
  return { folder, disk, clock, content, writer: new DurableWriter(disk, clock) };
}
const bytes = Buffer.from('new');

test('a file is replaced by write, fsync, rename, fsync of the folder, in this order', async () => {
  const { folder, disk, content, writer } = setUp();
  expect(await writer.replace(folder, 'file', bytes)).toEqual({ ok: true, value: undefined });
  expect(
    disk.operations.map(({ kind, name }) => `${kind} ${name.startsWith('gatepass-') ? 'folder' : name}`),
  ).toEqual([
    'create file.*.tmp',
    'write file.*.tmp',
    'sync file.*.tmp',
    'close file.*.tmp',
    'rename file',
    'syncFolder folder',
  ]);
  expect(content()).toBe('new');
  expect(readdirSync(folder)).toEqual(['file']);
});

test.each([
  ['create', 'ENOSPC', 'STORE_FULL', 'old'],
  ['create', 'EROFS', 'STORE_WRITE_FAILED', 'old'],
  ['create', 'EACCES', 'STORE_WRITE_FAILED', 'old'],
  ['write', 'ENOSPC', 'STORE_FULL', 'old'],
  ['write', 'EDQUOT', 'STORE_FULL', 'old'],
  ['write', 'EIO', 'STORE_WRITE_FAILED', 'old'],
  ['sync', 'EIO', 'STORE_WRITE_FAILED', 'old'],
  ['sync', 'ENOSPC', 'STORE_FULL', 'old'],
  ['close', 'EIO', 'STORE_WRITE_FAILED', 'old'],
  ['rename', 'ENOSPC', 'STORE_FULL', 'old'],
  ['rename', 'EACCES', 'STORE_WRITE_FAILED', 'old'],
  ['syncFolder', 'EIO', 'STORE_WRITE_FAILED', 'new'],
])(
  'if %s fails with %s it is %s, a whole file is there and nothing is left over',
  async (kind, error, code, left) => {
    const { folder, disk, content, writer } = setUp();
    disk.fault = (operation) => (operation.kind === kind ? error : undefined);
    expect(codeOf(await writer.replace(folder, 'file', bytes))).toBe(code);
    expect(content()).toBe(left);
    expect(readdirSync(folder)).toEqual(['file']);
  },
);

test.each(['EPERM', 'EBUSY'])(
  'a rename that another program hinders with %s is tried for two seconds',
  async (error) => {
    const { folder, disk, clock, content, writer } = setUp();
    let isHeld = true;
    disk.fault = ({ kind }) => (kind === 'rename' && isHeld ? error : undefined);
    const replaced = writer.replace(folder, 'file', bytes);
    await until(() => disk.operations.some(({ kind }) => kind === 'rename'));
    await clock.advance(1_900);
    isHeld = false;
    await clock.advance(50);
    expect((await replaced).ok).toBe(true);
    expect(content()).toBe('new');
  },
);

test('a rename that stays forbidden fails after two seconds', async () => {
  const { folder, disk, clock, content, writer } = setUp();
  disk.fault = ({ kind }) => (kind === 'rename' ? 'EPERM' : undefined);
  const replaced = writer.replace(folder, 'file', bytes);
  await until(() => disk.operations.some(({ kind }) => kind === 'rename'));
  await clock.advance(2_050);
  expect(codeOf(await replaced)).toBe('STORE_WRITE_FAILED');
  expect(content()).toBe('old');
});

test('a write that nobody wants any more is given up before the rename, also while the rename is being tried', async () => {
  const { folder, disk, clock, content, writer } = setUp();
  expect(codeOf(await writer.replace(folder, 'file', bytes, { isWanted: () => false }))).toBe('OP_STALE');
  let isWanted = true;
  disk.fault = ({ kind }) => (kind === 'rename' ? 'EBUSY' : undefined);
  const replaced = writer.replace(folder, 'file', bytes, { isWanted: () => isWanted });
  await until(() => disk.operations.some(({ kind }) => kind === 'rename'));
  isWanted = false;
  await clock.advance(50);
  expect(codeOf(await replaced)).toBe('OP_STALE');
  expect(content()).toBe('old');
  expect(readdirSync(folder)).toEqual(['file']);
});

/** Lets file operations of the real disk go on until something is true. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}
