import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failed, success } from '../../base/failure';
import { Secret } from '../../base/secret';
import { checkKeychain, checkProfileFolder, type ProbedKeychain } from './storage-checks';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatepass-self-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function keychain(): ProbedKeychain & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    read: (account) => {
      const value = entries.get(account);
      return Promise.resolve(success(value === undefined ? undefined : new Secret(value)));
    },
    write: (account, secret) => {
      entries.set(account, secret.reveal());
      return Promise.resolve(success(undefined));
    },
    remove: (account) => Promise.resolve(success(entries.delete(account))),
  };
}

test('a keychain that writes, reads and deletes passes, and keeps nothing', async () => {
  const good = keychain();
  expect(await checkKeychain(good)).toMatchObject({ verdict: 'pass' });
  expect(good.entries.size).toBe(0);
});

test('one that is locked, missing, or forgets what it took fails by its name', async () => {
  const locked = { ...keychain(), write: () => Promise.resolve(failed('STORE_LOCKED')) };
  expect(await checkKeychain(locked)).toMatchObject({ verdict: 'fail', problem: { code: 'STORE_LOCKED' } });
  const halfUp = { ...keychain(), read: () => Promise.resolve(success(undefined)) };
  expect(await checkKeychain(halfUp)).toMatchObject({ problem: { code: 'STORE_UNAVAILABLE' } });
  const stuck = { ...keychain(), remove: () => Promise.resolve(failed('STORE_LOCKED')) };
  expect(await checkKeychain(stuck)).toMatchObject({ verdict: 'fail' });
});

test('a folder of one’s own passes with its space and permissions, and is left as it was', async () => {
  await writeFile(join(folder, 'config.yaml'), '');
  expect(await checkProfileFolder(folder)).toMatchObject({
    verdict: 'pass',
    tried: folder,
    facts: [{ name: 'free-space' }, { name: 'permissions', value: '700' }],
  });
  expect(await readdir(folder)).toEqual(['config.yaml']);
});

test('a folder that others may look into is warned of', async () => {
  await chmod(folder, 0o755);
  expect(await checkProfileFolder(folder, 'linux')).toMatchObject({
    verdict: 'warn',
    problem: { code: 'CHECK_PROFILE_OPEN', params: { folder } },
  });
  expect(await checkProfileFolder(folder, 'win32')).toMatchObject({ verdict: 'pass' });
});

test('a folder that cannot be written fails', async () => {
  const file = join(folder, 'not-a-folder');
  await writeFile(file, '');
  expect(await checkProfileFolder(file)).toMatchObject({
    verdict: 'fail',
    problem: { code: 'STORE_WRITE_FAILED' },
    facts: [{ name: 'status', value: 'EEXIST' }],
  });
});
