import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { faultyDisk } from '../vault/testing/faulty-disk';
import { engineering, finance, testProfile } from '../vault/testing/test-vault';
import { storedSignIns } from './stored-sign-ins';

const day = 24 * 60 * 60 * 1000;

test('sign-ins of registries that are gone are listed with their dates, and nothing of those in use', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, { account: 'ada@corp.example' }, new Secret('canary'));
  await vault.store(finance, {}, new Secret('canary'));
  expect(await storedSignIns(vault)).toEqual({ keptSignIns: [], setAside: [] });
  await vault.retain([finance]);
  const stored = await storedSignIns(vault);
  expect(stored.keptSignIns).toEqual([
    {
      host: 'registry.corp.example',
      account: 'ada@corp.example',
      goneSince: profile.clock.now(),
      keptUntil: profile.clock.now() + 30 * day,
    },
  ]);
  expect(JSON.stringify(stored)).not.toContain('canary');
  await vault.retain([engineering, finance]);
  expect((await storedSignIns(vault)).keptSignIns).toEqual([]);
});

test('a file that could not be read is listed with whose it was, where it still says so', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, {}, new Secret('canary'));
  const folder = join(profile.folder, 'sessions');
  const [name = ''] = readdirSync(folder);
  writeFileSync(join(folder, name), 'cut');
  const again = await profile.open();
  expect(await storedSignIns(again)).toEqual({
    keptSignIns: [],
    setAside: [{ kind: 'sign-in', at: profile.clock.now() }],
  });
});

test('a folder of what was set aside that cannot be listed is not an empty one', async () => {
  const disk = faultyDisk();
  disk.fault = ({ kind, name }) => (kind === 'list' && name === 'set-aside' ? 'EACCES' : undefined);
  const vault = await testProfile().open({ disk });
  expect(await storedSignIns(vault)).toEqual({ keptSignIns: [], setAside: 'unreadable' });
});
