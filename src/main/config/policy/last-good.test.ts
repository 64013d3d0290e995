import { expect, test } from 'vitest';
import { LastGood, type SealedText } from './last-good';

/** Counts what reaches the disk. */
class Kept implements SealedText {
  readonly writes: string[] = [];
  reads = 0;
  removals = 0;
  content: { text: string; writtenAt: number } | undefined;

  read() {
    this.reads++;
    return Promise.resolve(this.content);
  }
  write(text: string) {
    this.writes.push(text);
    return Promise.resolve();
  }
  remove() {
    this.removals++;
    return Promise.resolve();
  }
}

/** No text: a policy may be a binary property list. */
const content = Buffer.from([0x62, 0x70, 0x00, 0xff, 0xfe]);
const kept = () => Object.assign(new Kept(), { content: { text: content.toString('base64'), writtenAt: 5 } });

test('a policy that an earlier run kept comes back byte for byte, with its date', async () => {
  const disk = kept();
  const lastGood = new LastGood(disk);
  expect(await lastGood.get()).toEqual({ content, readAt: 5 });
  await lastGood.get();
  expect(disk.reads).toBe(1);
});

test('where nothing is kept, that is looked up once', async () => {
  const disk = new Kept();
  const lastGood = new LastGood(disk);
  expect(await lastGood.get()).toBeUndefined();
  await lastGood.get();
  expect(disk.reads).toBe(1);
});

test('a policy is kept as it was read, and the same one is not written again', async () => {
  const disk = new Kept();
  const lastGood = new LastGood(disk);
  lastGood.set({ content, readAt: 1 });
  lastGood.set({ content: Buffer.from(content), readAt: 2 });
  expect(disk.writes).toEqual([content.toString('base64')]);
  expect(await lastGood.get()).toEqual({ content, readAt: 1 });
});

test('a policy that went is forgotten, also on the disk', async () => {
  const disk = kept();
  const lastGood = new LastGood(disk);
  lastGood.forget();
  expect(await lastGood.get()).toBeUndefined();
  expect(disk.removals).toBe(1);
  expect(disk.reads).toBe(0);
});
