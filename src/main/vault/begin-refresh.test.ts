import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { faultyDisk } from './testing/faulty-disk';
import { codeOf, tokenIn, valueOf } from './testing/results';
import { engineering, testProfile } from './testing/test-vault';

const token = (text: string) => new Secret(`refresh-token-${text}`);

async function signedIn() {
  const profile = testProfile();
  const disk = faultyDisk();
  const vault = await profile.open({ disk });
  valueOf(await vault.store(engineering, { account: 'ada' }, token('1')));
  return { profile, disk, vault };
}

test('a token of unknown outcome is handed out once more, and then never again, restarts or not', async () => {
  const { profile, vault } = await signedIn();
  await vault.beginRefresh(engineering);
  const second = valueOf(await (await profile.open()).beginRefresh(engineering));
  expect(second.attempt).toBe(2);
  const third = await profile.open();
  expect(codeOf(await third.beginRefresh(engineering))).toBe('SESSION_INTERRUPTED');
  expect(third.find(engineering)).toMatchObject({ account: 'ada', ended: { code: 'SESSION_INTERRUPTED' } });
  expect((await profile.open()).find(engineering)?.ended?.code).toBe('SESSION_INTERRUPTED');
});

test('a spent token is not handed out either while the disk refuses to note the end', async () => {
  const { disk, vault } = await signedIn();
  await vault.beginRefresh(engineering);
  await vault.beginRefresh(engineering);
  disk.fault = ({ kind }) => (kind === 'create' ? 'ENOSPC' : undefined);
  for (let i = 0; i < 3; i += 1)
    expect(codeOf(await vault.beginRefresh(engineering))).toBe('SESSION_INTERRUPTED');
});

test('a token that was only ever answered unreadably is handed out three times, and then kept', async () => {
  const { profile, vault } = await signedIn();
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const ticket = valueOf(await vault.beginRefresh(engineering));
    expect(ticket.attempt).toBe(attempt);
    valueOf(await ticket.leaveAnswered());
  }
  const restarted = await profile.open();
  expect(codeOf(await restarted.beginRefresh(engineering))).toBe('TOKEN_BAD_RESPONSE');
  expect(restarted.find(engineering)).not.toHaveProperty('ended');
  expect(tokenIn(await restarted.open(engineering))).toBe('refresh-token-1');
});

test('an answer that was understood makes earlier attempts count no more, rotated or not', async () => {
  const { profile, vault } = await signedIn();
  await valueOf(await vault.beginRefresh(engineering)).leaveAnswered();
  await vault.beginRefresh(engineering);
  expect(codeOf(await (await profile.open()).beginRefresh(engineering))).toBe('SESSION_INTERRUPTED');

  const again = await signedIn();
  await valueOf(await again.vault.beginRefresh(engineering)).leaveAnswered();
  valueOf(await valueOf(await again.vault.beginRefresh(engineering)).commit());
  const record = (await again.profile.open()).find(engineering);
  expect(record).not.toHaveProperty('attempt');
  expect(record).not.toHaveProperty('answered');
});

test('a withdrawn attempt leaves what was answered before it as it was', async () => {
  const { profile, vault } = await signedIn();
  await valueOf(await vault.beginRefresh(engineering)).leaveAnswered();
  valueOf(await valueOf(await vault.beginRefresh(engineering)).withdraw());
  expect((await profile.open()).find(engineering)).toMatchObject({ attempt: 1, answered: 1 });
});

test('an end that arrives after a new sign-in ends nothing', async () => {
  const { profile, vault } = await signedIn();
  const late = valueOf(await vault.beginRefresh(engineering));
  valueOf(await vault.store(engineering, { account: 'bob' }, token('2')));
  expect(codeOf(await late.end('SESSION_ENDED'))).toBe('OP_STALE');
  expect(codeOf(await late.leaveAnswered())).toBe('OP_STALE');
  const restarted = await profile.open();
  expect(restarted.find(engineering)).not.toHaveProperty('ended');
  expect(tokenIn(await restarted.open(engineering))).toBe('refresh-token-2');
});

test('a sign-out during a sign-in that is being stored leaves no record, wherever the write is', async () => {
  for (const at of ['create', 'write', 'sync', 'rename', 'syncFolder'] as const) {
    const { profile, disk, vault } = await signedIn();
    let removed: Promise<unknown> = Promise.resolve();
    disk.before = ({ kind }) => {
      if (kind !== at) return;
      disk.before = () => undefined;
      removed = vault.remove(engineering);
    };
    expect(codeOf(await vault.store(engineering, {}, token('2')))).toBe('OP_STALE');
    await removed;
    expect(readdirSync(join(profile.folder, 'sessions')), at).toEqual([]);
    expect(vault.find(engineering)).toBeUndefined();
  }
});
