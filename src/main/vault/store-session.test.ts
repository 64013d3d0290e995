import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { faultyDisk } from './testing/faulty-disk';
import { codeOf, tokenIn, valueOf } from './testing/results';
import { engineering, testProfile } from './testing/test-vault';

const steps = ['create', 'write', 'sync', 'close', 'rename', 'syncFolder'] as const;

/** A profile, signed in to already or not, in which a sign-in is cancelled at one step of its write. */
async function cancelledAt(step: (typeof steps)[number], before: 'signed-in' | 'signed-out') {
  const profile = testProfile();
  const disk = faultyDisk();
  const vault = await profile.open({ disk });
  // The key is there already: what is cancelled is the write of the record.
  valueOf(await vault.store(engineering, { account: 'ada' }, new Secret('old')));
  if (before === 'signed-out') await vault.remove(engineering);
  const folder = join(profile.folder, 'sessions');
  const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const filesBefore = files();
  let isWanted = true;
  disk.before = ({ kind }) => {
    if (kind === step) isWanted = false;
  };
  const stored = await vault.store(engineering, { account: 'bob' }, new Secret('new'), () => isWanted);
  return { profile, vault, stored, files, filesBefore };
}

test.each(steps)('a first sign-in that is cancelled at %s of its write leaves no record', async (step) => {
  const { profile, vault, stored, files } = await cancelledAt(step, 'signed-out');
  expect(codeOf(stored)).toBe('OP_STALE');
  expect(files()).toEqual([]);
  expect(vault.find(engineering)).toBeUndefined();
  expect(await (await profile.open()).list()).toEqual([]);
});

test.each(steps)(
  'a sign-in over another that is cancelled at %s leaves the other as it was',
  async (step) => {
    const { profile, vault, stored, files, filesBefore } = await cancelledAt(step, 'signed-in');
    expect(codeOf(stored)).toBe('OP_STALE');
    expect(files()).toEqual(filesBefore);
    expect([vault.find(engineering)?.account, tokenIn(await vault.open(engineering))]).toEqual([
      'ada',
      'old',
    ]);
    const restarted = await profile.open();
    expect([restarted.find(engineering)?.account, tokenIn(await restarted.open(engineering))]).toEqual([
      'ada',
      'old',
    ]);
  },
);
