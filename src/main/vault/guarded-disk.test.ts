import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { nodeDisk } from './disk';
import { guardedDisk } from './guarded-disk';
import { writeFailure } from './store-failure';
import { faultyDisk } from './testing/faulty-disk';
import { codeOf, tokenIn, valueOf } from './testing/results';
import { engineering, finance, testProfile } from './testing/test-vault';

test('who does not hold the profile may read, and changes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatepass-guarded-'));
  let isHolder = true;
  const disk = guardedDisk(nodeDisk('linux'), () => Promise.resolve(isHolder));
  const file = await disk.create(join(folder, 'file'));
  await file.write(Buffer.from('text'));
  await file.close();
  isHolder = false;
  const attempts = [
    () => disk.makeFolder(join(folder, 'new')),
    () => disk.create(join(folder, 'other')),
    () => disk.rename(join(folder, 'file'), join(folder, 'other')),
    () => disk.remove(join(folder, 'file')),
  ];
  for (const attempt of attempts) {
    const error: unknown = await attempt().catch((thrown: unknown) => thrown);
    expect(writeFailure(error).code).toBe('STORE_CONTENDED');
  }
  expect(readdirSync(folder)).toEqual(['file']);
  expect((await disk.read(join(folder, 'file'))).toString()).toBe('text');
});

async function signedIn() {
  const profile = testProfile();
  const disk = faultyDisk();
  const guard = { isHolder: true };
  const vault = await profile.open({ disk, isHolder: () => Promise.resolve(guard.isHolder) });
  valueOf(await vault.store(engineering, {}, new Secret('1')));
  const files = () =>
    readdirSync(join(profile.folder, 'sessions')).map((name) =>
      readFileSync(join(profile.folder, 'sessions', name), 'utf8'),
    );
  return { profile, disk, guard, vault, files };
}

test('a vault whose profile another process took hands no token out, signs nobody in and deletes nothing', async () => {
  const { profile, guard, vault, files } = await signedIn();
  const before = files();
  guard.isHolder = false;
  expect(codeOf(await vault.beginRefresh(engineering))).toBe('STORE_CONTENDED');
  expect(codeOf(await vault.store(finance, {}, new Secret('f')))).toBe('STORE_CONTENDED');
  expect(codeOf(await vault.remove(engineering))).toBe('STORE_CONTENDED');
  await profile.clock.advance(60_000);
  await vault.close();
  expect(files()).toEqual(before);
  expect(tokenIn(await (await profile.open()).open(engineering))).toBe('1');
});

test('a commit that was under way when the profile was lost does not take its name after', async () => {
  const { disk, guard, vault, files } = await signedIn();
  const ticket = valueOf(await vault.beginRefresh(engineering));
  const before = files();
  disk.before = ({ kind }) => {
    if (kind === 'sync') guard.isHolder = false;
  };
  expect(codeOf(await ticket.commit(new Secret('2')))).toBe('STORE_CONTENDED');
  expect(files().filter((text) => before.includes(text))).toEqual(before);
});

test('a process that lost the profile while its intent became durable hands no token out', async () => {
  const { profile, disk, guard, vault } = await signedIn();
  disk.before = ({ kind }) => {
    if (kind === 'syncFolder') guard.isHolder = false;
  };
  expect(codeOf(await vault.beginRefresh(engineering))).toBe('STORE_CONTENDED');
  expect(tokenIn(await (await profile.open()).open(engineering))).toBe('1');
});
