import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../base/clock';
import { manualClock } from '../base/manual-clock';
import { watchFile } from './watch-file';

const seldom = 60_000;
const often = 5_000;
const patient = { timeout: 20_000 };

let folder: string;
const stops: (() => void)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatepass-watch-'));
});
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await rm(folder, { recursive: true });
});

/** Follows a file on a clock that stands still unless a test moves it. */
function follow(path: string) {
  const time = manualClock();
  let changes = 0;
  let pause = 0;
  const clock: Clock = {
    ...time,
    after(ms, callback) {
      pause = ms;
      return time.after(ms, callback);
    },
  };
  const stop = watchFile(path, () => changes++, clock);
  stops.push(stop);
  const isAtRest = () => time.timerCount() === 1;
  return {
    stop,
    advance: (ms: number) => time.advance(ms),
    changes: () => changes,
    timers: () => time.timerCount(),
    /** Resolves when nothing is looked at, with the time until the next look. */
    pause: async () => {
      await expect.poll(isAtRest, patient).toBe(true);
      return pause;
    },
    /** Does something and waits until it was told of. */
    tells: async (act: () => Promise<unknown>) => {
      await expect.poll(isAtRest, patient).toBe(true);
      const before = changes;
      await act();
      await expect.poll(() => changes, patient).toBeGreaterThan(before);
    },
  };
}

test('a file that appears, changes, is replaced or goes is told of at once, and looked at once a minute', async () => {
  const path = join(folder, 'config.yaml');
  const file = follow(path);
  await file.tells(() => writeFile(path, 'one'));
  await file.tells(() => writeFile(path, 'two'));
  await writeFile(join(folder, 'new'), 'three');
  await file.tells(() => rename(join(folder, 'new'), path));
  await file.tells(() => unlink(path));
  expect(await file.pause()).toBe(seldom);
});

test('what happens to other files of the folder is not told', async () => {
  const [file, other] = [follow(join(folder, 'config.yaml')), follow(join(folder, 'other'))];
  await file.pause();
  await other.tells(() => writeFile(join(folder, 'other'), 'one'));
  expect(file.changes()).toBe(0);
});

test('a folder that comes later, and those on the way to it, need no waiting for', async () => {
  const path = join(folder, 'company', 'gatepass', 'policy.yaml');
  const file = follow(path);
  await file.pause();
  await mkdir(dirname(dirname(path)));
  await mkdir(dirname(path));
  await file.tells(() => writeFile(path, 'one'));
  await file.tells(() => writeFile(path, 'two'));
  expect(await file.pause()).toBe(seldom);
});

test('a folder that another one replaces is followed as the first was', async () => {
  const path = join(folder, 'gatepass', 'policy.yaml');
  await mkdir(dirname(path));
  await writeFile(path, 'one');
  const file = follow(path);
  await file.tells(() => rename(dirname(path), join(folder, 'old')));
  await mkdir(dirname(path));
  await file.tells(() => writeFile(path, 'two'));
  await file.tells(() => rm(dirname(path), { recursive: true }));
  await mkdir(dirname(path));
  await file.tells(() => writeFile(path, 'three'));
  expect(await file.pause()).toBe(seldom);
});

test('what came before the first look is told, although there was nothing to watch', async () => {
  const path = join(folder, 'gatepass', 'policy.yaml');
  const file = follow(path);
  mkdirSync(dirname(path));
  writeFileSync(path, 'one');
  await expect.poll(file.changes, patient).toBeGreaterThan(0);
});

test('a file that changes without notice is looked at often from then on', async () => {
  const [path, target] = [join(folder, 'gatepass', 'config.yaml'), join(folder, 'elsewhere.yaml')];
  await mkdir(dirname(path));
  await writeFile(target, 'one');
  await symlink(target, path);
  const file = follow(path);
  await file.pause();
  await file.tells(async () => {
    await writeFile(target, 'and two');
    await file.advance(seldom);
  });
  expect(await file.pause()).toBe(often);
  await file.tells(async () => {
    await writeFile(target, 'and even three');
    await file.advance(often);
  });
});

test('nothing is told, looked at or waited for after the end', async () => {
  const path = join(folder, 'config.yaml');
  const [file, early, other] = [follow(path), follow(path), follow(path)];
  early.stop();
  await file.pause();
  file.stop();
  await other.tells(() => writeFile(path, 'one'));
  expect([file.changes(), file.timers()]).toEqual([0, 0]);
  expect([early.changes(), early.timers()]).toEqual([0, 0]);
});
