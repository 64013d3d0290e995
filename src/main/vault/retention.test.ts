import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { faultyDisk } from './testing/faulty-disk';
import { codeOf, tokenIn, valueOf } from './testing/results';
import { engineering, finance, testProfile } from './testing/test-vault';

const day = 24 * 60 * 60 * 1000;

async function signedInTwice() {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, {}, new Secret('token-e'));
  await vault.store(finance, {}, new Secret('token-f'));
  return { profile, vault };
}

test('the record of a registry that vanished stays 30 days, listed as such, and is then deleted', async () => {
  const { profile, vault } = await signedInTwice();
  const vanishedAt = profile.clock.now();
  valueOf(await vault.retain([engineering]));
  expect(vault.find(finance)?.vanishedAt).toBe(vanishedAt);
  expect(vault.find(engineering)).not.toHaveProperty('vanishedAt');
  profile.clock.jump(29 * day);
  const later = await profile.open();
  valueOf(await later.retain([engineering]));
  expect(later.find(finance)?.vanishedAt).toBe(vanishedAt);
  profile.clock.jump(day);
  valueOf(await later.retain([engineering]));
  expect(later.find(finance)).toBeUndefined();
  expect((await (await profile.open()).list()).map(({ registry }) => registry)).toEqual([
    engineering.registry,
  ]);
});

test('a registry that returns lives again, with its token, also while the keychain is locked', async () => {
  const { profile, vault } = await signedInTwice();
  valueOf(await vault.retain([]));
  profile.clock.jump(20 * day);
  const later = await profile.open();
  profile.keychain.fails = 'STORE_LOCKED';
  valueOf(await later.retain([engineering, { ...finance, registry: `${finance.registry}/` }]));
  expect(later.find(finance)).not.toHaveProperty('vanishedAt');
  profile.keychain.fails = undefined;
  profile.clock.jump(20 * day);
  valueOf(await later.retain([engineering, finance]));
  expect(tokenIn(await (await profile.open()).open(finance))).toBe('token-f');
});

test('what vanished just before the app ends is on disk when it has ended', async () => {
  const { profile, vault } = await signedInTwice();
  const vanishedAt = profile.clock.now();
  void vault.retain([engineering]);
  await vault.close();
  profile.clock.jump(day);
  const later = await profile.open();
  await later.list();
  expect(later.find(finance)?.vanishedAt).toBe(vanishedAt);
});

test('of two comparisons at once the later one has the last word, also on the disk', async () => {
  const { profile, vault } = await signedInTwice();
  const third = { ...finance, registry: 'https://registry.corp.example/third' };
  await vault.store(third, {}, new Secret('token-t'));
  valueOf(await vault.retain([engineering, finance]));
  profile.clock.jump(30 * day);
  // The older one has a record to delete and a registry to miss; the newer one misses none but the deleted one.
  const [older, newer] = await Promise.all([
    vault.retain([engineering]),
    vault.retain([engineering, finance]),
  ]);
  valueOf(older);
  valueOf(newer);
  expect(vault.find(third)).toBeUndefined();
  expect(vault.find(finance)).not.toHaveProperty('vanishedAt');
  const later = await profile.open();
  expect(later.find(finance)).not.toHaveProperty('vanishedAt');
});

test('a start that cannot list the records does not begin their 30 days anew', async () => {
  const { profile, vault } = await signedInTwice();
  const vanishedAt = profile.clock.now();
  valueOf(await vault.retain([engineering]));
  profile.clock.jump(20 * day);
  const disk = faultyDisk();
  disk.fault = ({ kind, name }) => (kind === 'list' && name === 'sessions' ? 'EIO' : undefined);
  expect(codeOf(await (await profile.open({ disk })).retain([engineering]))).toBe('STORE_READ_FAILED');
  const later = await profile.open();
  valueOf(await later.retain([engineering]));
  expect(later.find(finance)?.vanishedAt).toBe(vanishedAt);
});

test('a clock that was wrong in the future does not shorten the 30 days', async () => {
  const { profile, vault } = await signedInTwice();
  profile.clock.jump(400 * day);
  valueOf(await vault.retain([engineering]));
  profile.clock.jump(-400 * day);
  valueOf(await vault.retain([engineering]));
  expect(vault.find(finance)?.vanishedAt).toBe(profile.clock.now());
});

test.each(['', '[]', '{"version":1,"since":{"x":1}}', '{"version":1,"since":{"__proto__":{"a":1}}}'])(
  'a damaged list of vanished registries (%j) lets records live longer, never shorter',
  async (content) => {
    const { profile, vault } = await signedInTwice();
    await vault.retain([]);
    writeFileSync(join(profile.folder, 'vanished.json'), content);
    profile.clock.jump(31 * day);
    const later = await profile.open();
    valueOf(await later.retain([]));
    expect(await later.list()).toHaveLength(2);
  },
);
