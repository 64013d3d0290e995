import { mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, type MockInstance, test, vi } from 'vitest';
import { nodeDisk } from './disk';
import { errnoOf } from './store-failure';

let folder: string;
let fsync: MockInstance;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatepass-disk-'));
  const handle = await open(folder);
  fsync = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'sync');
  await handle.close();
});
afterEach(() => {
  fsync.mockRestore();
});

const mode = (path: string) => statSync(path).mode & 0o777;

test('a new file is for its owner only, and is synced by the system when asked', async () => {
  const path = join(folder, 'file');
  const file = await nodeDisk('linux').create(path);
  await file.write(Buffer.from('text'));
  expect(fsync).not.toHaveBeenCalled();
  await file.sync();
  expect(fsync).toHaveBeenCalledOnce();
  await file.close();
  expect(mode(path)).toBe(0o600);
});

test('a folder is synced by the system, except on Windows, which has no such call', async () => {
  await nodeDisk('win32').syncFolder(folder);
  expect(fsync).not.toHaveBeenCalled();
  await nodeDisk('linux').syncFolder(folder);
  expect(fsync).toHaveBeenCalledOnce();
});

test('folders are closed to others, also one that was open before, and the first that was new is named', async () => {
  const disk = nodeDisk('linux');
  const [above, below] = [join(folder, 'a'), join(folder, 'a', 'b')];
  expect(await disk.makeFolder(below)).toBe(above);
  expect([mode(above), mode(below)]).toEqual([0o700, 0o700]);
  const open = join(folder, 'open');
  mkdirSync(open, { mode: 0o755 });
  expect(await disk.makeFolder(open)).toBeUndefined();
  expect(mode(open)).toBe(0o700);
});

test('a file is never created over another, nor through a symbolic link', async () => {
  const disk = nodeDisk('linux');
  writeFileSync(join(folder, 'there'), 'text');
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'link'));
  for (const name of ['there', 'link'])
    expect(errnoOf(await disk.create(join(folder, name)).catch((error: unknown) => error))).toBe('EEXIST');
  expect(readdirSync(folder).sort()).toEqual(['link', 'there']);
});

test('only regular files are listed, and removing what is gone is fine', async () => {
  const disk = nodeDisk('linux');
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(join(folder, 'file'), join(folder, 'link'));
  mkdirSync(join(folder, 'folder'));
  expect(await disk.list(folder)).toEqual(['file']);
  await disk.remove(join(folder, 'file'));
  await disk.remove(join(folder, 'file'));
  expect(await disk.list(folder)).toEqual([]);
});
