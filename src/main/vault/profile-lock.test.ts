import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { type Result, success } from '../base/failure';
import { ProfileLock } from './profile-lock';
import { bundleForNode } from './testing/bundle';
import { codeOf, valueOf } from './testing/results';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const profile = () => mkdtempSync(join(tmpdir(), 'gatepass-lock-'));

async function take(folder: string): Promise<Result<ProfileLock>> {
  const lock = new ProfileLock(folder);
  const taken = await lock.take();
  return taken.ok ? success(lock) : taken;
}

const lockFolder = (folder: string) => join(folder, 'profile.lock');

/** Makes the lock look as if its holder had shown no life for a minute. */
function age(folder: string): void {
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lockFolder(folder), longAgo, longAgo);
}

/** Names another holder, as one does that has just taken the lock. */
function nameAnother(folder: string, owner = { pid: process.pid, machine: 'elsewhere', pidSpace: '' }): void {
  writeFileSync(join(folder, 'profile.owner'), JSON.stringify({ ...owner, id: randomUUID() }));
}

/** Another process that takes the lock and keeps it; resolves with what it got, and can be asked what it says next. */
async function holder(folder: string) {
  const script = await bundleForNode(join(import.meta.dirname, 'testing/lock-holder.ts'));
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface(child.stdout);
  const says = async () => ((await once(lines, 'line')) as [string])[0];
  return { child, got: await says(), says };
}

test('a profile has one holder at a time, and can be taken again once released', async () => {
  const folder = profile();
  const first = valueOf(await take(folder));
  expect(codeOf(await take(folder))).toBe('STORE_CONTENDED');
  await first.release();
  await valueOf(await take(folder)).release();
});

test('whether the profile is had is known once it was taken or refused, and not before', async () => {
  const folder = profile();
  const heard: string[] = [];
  for (const name of ['first', 'second']) {
    const lock = new ProfileLock(folder);
    const known = lock.known.then(() => heard.push(name));
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).not.toContain(name);
    await lock.take();
    await known;
    expect(lock.refusal?.code).toBe(name === 'first' ? undefined : 'STORE_CONTENDED');
  }
});

test('another process is refused while this one holds the profile', async () => {
  const folder = profile();
  const held = valueOf(await take(folder));
  expect((await holder(folder)).got).toBe('STORE_CONTENDED');
  await held.release();
  expect((await holder(folder)).got).toBe('held');
});

test('the lock of a killed process is taken over at once', async () => {
  const folder = profile();
  const { child, got } = await holder(folder);
  expect(got).toBe('held');
  expect(codeOf(await take(folder))).toBe('STORE_CONTENDED');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await valueOf(await take(folder)).release();
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
  mkdirSync(lockFolder(folder));
  nameAnother(folder);
  expect(codeOf(await take(folder))).toBe('STORE_CONTENDED');
  age(folder);
  await valueOf(await take(folder)).release();
});

test('a folder that does not exist cannot be locked', async () => {
  expect(codeOf(await take(join(profile(), 'missing')))).toBe('STORE_WRITE_FAILED');
});

test('a holder that seemed dead in a long sleep learns on waking that another has the profile', async () => {
  const folder = profile();
  const sleeper = await holder(folder);
  sleeper.child.kill('SIGSTOP');
  // The library rounds a first sign of life up to the second; a real sleep is longer than that.
  const { mtimeMs } = statSync(lockFolder(folder));
  await expect.poll(() => Date.now(), { timeout: 5_000 }).toBeGreaterThan(mtimeMs);
  age(folder);
  expect((await holder(folder)).got).toBe('held');
  const next = sleeper.says();
  sleeper.child.kill('SIGCONT');
  expect(await next).toBe('lost');
}, 30_000);

test('a holder that ends after it lost the profile leaves the lock of the new one alone', async () => {
  const folder = profile();
  const { child } = await holder(folder);
  child.kill('SIGSTOP');
  age(folder);
  const mine = valueOf(await take(folder));
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  await once(child, 'exit');
  expect(existsSync(lockFolder(folder))).toBe(true);
  expect(await mine.isHeld()).toBe(true);
  await mine.release();
});

test('who asks is told of a loss at once, before any timer, and releasing then touches nothing', async () => {
  const folder = profile();
  const held = valueOf(await take(folder));
  expect(await held.isHeld()).toBe(true);
  nameAnother(folder);
  expect(await held.isHeld()).toBe(false);
  await held.lost;
  expect(held.refusal?.code).toBe('STORE_CONTENDED');
  await held.release();
  expect(existsSync(lockFolder(folder))).toBe(true);
});

test('a loss is learnt without asking and without waiting for the next sign of life', async () => {
  const folder = profile();
  const held = valueOf(await take(folder));
  nameAnother(folder);
  await held.lost;
  expect(held.refusal?.code).toBe('STORE_CONTENDED');
});

test('a lock that was only tidied away is taken again, and nothing is lost', async () => {
  const folder = profile();
  const held = new ProfileLock(folder, { stale: 10_000, update: 1_000 });
  valueOf(await held.take());
  rmdirSync(lockFolder(folder));
  await expect.poll(() => existsSync(lockFolder(folder)), { timeout: 20_000 }).toBe(true);
  expect(codeOf(await take(folder))).toBe('STORE_CONTENDED');
  expect(await held.isHeld()).toBe(true);
  await held.release();
}, 30_000);

test('before the profile is taken it is not held, and why it could not be taken is remembered', async () => {
  const folder = profile();
  const held = valueOf(await take(folder));
  const second = new ProfileLock(folder);
  expect([await second.isHeld(), second.refusal]).toEqual([false, undefined]);
  await second.take();
  expect([await second.isHeld(), second.refusal?.code]).toEqual([false, 'STORE_CONTENDED']);
  await held.release();
  expect([await held.isHeld(), held.refusal]).toEqual([false, undefined]);
});
