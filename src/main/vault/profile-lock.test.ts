import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openProfileLock } from './profile-lock';
import { bundleForNode } from './testing/bundle';
import { codeOf, valueOf } from './testing/results';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const profile = () => mkdtempSync(join(tmpdir(), 'gatepass-lock-'));

/** Another process that takes the lock and keeps it; resolves with what it got. */
async function holder(folder: string): Promise<{ child: ChildProcess; got: string }> {
  const script = await bundleForNode(join(import.meta.dirname, 'testing/lock-holder.ts'));
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, got: line.toString().trim() };
}

test('a profile has one holder at a time, and can be taken again once released', async () => {
  const folder = profile();
  const first = valueOf(await openProfileLock(folder));
  expect(codeOf(await openProfileLock(folder))).toBe('STORE_CONTENDED');
  await first.release();
  await valueOf(await openProfileLock(folder)).release();
});

test('another process is refused while this one holds the profile', async () => {
  const folder = profile();
  const held = valueOf(await openProfileLock(folder));
  expect((await holder(folder)).got).toBe('STORE_CONTENDED');
  await held.release();
  expect((await holder(folder)).got).toBe('held');
});

test('the lock of a killed process is taken over at once', async () => {
  const folder = profile();
  const { child, got } = await holder(folder);
  expect(got).toBe('held');
  expect(codeOf(await openProfileLock(folder))).toBe('STORE_CONTENDED');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await valueOf(await openProfileLock(folder)).release();
});

test('of many that find a dead holder exactly one takes its place', async () => {
  const folder = profile();
  const { child } = await holder(folder);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const results = await Promise.all(Array.from({ length: 3 }, () => holder(folder)));
  expect(results.map(({ got }) => got).sort()).toEqual(['STORE_CONTENDED', 'STORE_CONTENDED', 'held']);
});

test('a holder elsewhere, whose process number means nothing here, is only replaced when it shows no life', async () => {
  const folder = profile();
  mkdirSync(join(folder, 'profile.lock'));
  writeFileSync(
    join(folder, 'profile.owner'),
    JSON.stringify({ pid: 1, machine: 'elsewhere', pidSpace: '' }),
  );
  expect(codeOf(await openProfileLock(folder))).toBe('STORE_CONTENDED');
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(join(folder, 'profile.lock'), longAgo, longAgo);
  await valueOf(await openProfileLock(folder)).release();
});

test('a folder that does not exist cannot be locked', async () => {
  expect(codeOf(await openProfileLock(join(profile(), 'missing')))).toBe('STORE_WRITE_FAILED');
});
