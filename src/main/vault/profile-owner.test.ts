import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ProfileOwner } from './profile-owner';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'gatepass-owner-')), 'profile.owner');
type Named = Record<string, unknown>;
const named = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Named;

test('the last to claim a profile is its owner, also of two within one process', async () => {
  const file = newFile();
  const [first, second] = [new ProfileOwner(file), new ProfileOwner(file)];
  expect(await first.isSelf()).toBe(false);
  await first.claim();
  expect([await first.isSelf(), await second.isSelf()]).toEqual([true, false]);
  await second.claim();
  expect([await first.isSelf(), await second.isSelf()]).toEqual([false, true]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('an owner is dead only if its process ran here and has ended', async () => {
  const file = newFile();
  const owner = new ProfileOwner(file);
  await owner.claim();
  expect(await owner.isDead()).toBe(false);
  const alive = named(file);
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const isDead = (changes: Named) => {
    writeFileSync(file, JSON.stringify({ ...alive, pid, ...changes }));
    return owner.isDead();
  };
  expect(await isDead({})).toBe(true);
  expect(await isDead({ machine: 'elsewhere' })).toBe(false);
  expect(await isDead({ pidSpace: 'pid:[1]' })).toBe(false);
});

test.each(['', '{', '[]', '{"pid":-1}'])(
  'a file that names nobody (%j) is nobody’s, and nobody is dead',
  async (text) => {
    const file = newFile();
    writeFileSync(file, text);
    const owner = new ProfileOwner(file);
    expect([await owner.isSelf(), await owner.isDead()]).toEqual([false, false]);
  },
);

test('a file that cannot be read is not taken for another’s', async () => {
  const file = newFile();
  mkdirSync(file);
  await expect(new ProfileOwner(file).isSelf()).rejects.toThrow('EISDIR');
  expect(await new ProfileOwner(file).isDead()).toBe(false);
});

test('another that claims a profile is told of, until nobody wants to know', async () => {
  const file = newFile();
  const [first, second] = [new ProfileOwner(file), new ProfileOwner(file)];
  await first.claim();
  const told = { first: 0, second: 0 };
  const stopFirst = first.watch(() => told.first++);
  await second.claim();
  await expect.poll(() => told.first, { timeout: 20_000 }).toBeGreaterThan(0);
  stopFirst();
  const before = told.first;
  const stopSecond = second.watch(() => told.second++);
  await first.claim();
  await expect.poll(() => told.second, { timeout: 20_000 }).toBeGreaterThan(0);
  stopSecond();
  expect(told.first).toBe(before);
});

test('a file that is gone is followed by nobody, and nothing breaks', () => {
  const told: string[] = [];
  new ProfileOwner(newFile()).watch(() => told.push('told'))();
  expect(told).toEqual([]);
});
