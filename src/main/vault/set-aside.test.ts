import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { SetAside } from './set-aside';
import { faultyDisk } from './testing/faulty-disk';
import { codeOf, valueOf } from './testing/results';

function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'gatepass-aside-'));
  const disk = faultyDisk();
  const clock = manualClock();
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
  };
  return { folder, disk, clock, put, aside: new SetAside(join(folder, 'aside'), disk, clock) };
}

test('a file is moved, listed with its name and time, and can be read; taking one that is gone is fine', async () => {
  const { folder, clock, put, aside } = setUp();
  expect(valueOf(await aside.list())).toEqual([]);
  put('a.session', 'text');
  valueOf(await aside.take(folder, 'a.session'));
  valueOf(await aside.take(folder, 'a.session'));
  const [kept] = valueOf(await aside.list());
  expect(kept).toMatchObject({ name: 'a.session', at: clock.now() });
  expect((await aside.read(kept?.id ?? ''))?.toString()).toBe('text');
  expect(readdirSync(folder)).toEqual(['aside']);
});

test('two of one name at one moment are both kept', async () => {
  const { folder, put, aside } = setUp();
  for (const text of ['one', 'two']) {
    put('a.session', text);
    valueOf(await aside.take(folder, 'a.session'));
  }
  const texts = valueOf(await aside.list()).map(({ id }) => readFileSync(join(folder, 'aside', id), 'utf8'));
  expect(texts.sort()).toEqual(['one', 'two']);
});

test('only what is meant is deleted', async () => {
  const { folder, put, aside } = setUp();
  for (const name of ['a.session', 'b.session']) {
    put(name, '');
    valueOf(await aside.take(folder, name));
  }
  valueOf(await aside.delete(({ name }) => name === 'a.session'));
  expect(valueOf(await aside.list()).map(({ name }) => name)).toEqual(['b.session']);
});

test('a disk that fails leaves the file where it was, and says so', async () => {
  const { folder, disk, put, aside } = setUp();
  put('a.session', 'text');
  disk.fault = ({ kind }) => (kind === 'rename' ? 'EROFS' : undefined);
  expect(codeOf(await aside.take(folder, 'a.session'))).toBe('STORE_WRITE_FAILED');
  expect(readFileSync(join(folder, 'a.session'), 'utf8')).toBe('text');
});

test('a folder that cannot be listed is not an empty one, and nothing in it counts as deleted', async () => {
  const { folder, disk, put, aside } = setUp();
  put('a.session', 'text');
  valueOf(await aside.take(folder, 'a.session'));
  disk.fault = ({ kind }) => (kind === 'list' ? 'EIO' : undefined);
  expect(codeOf(await aside.list())).toBe('STORE_READ_FAILED');
  expect(codeOf(await aside.delete(() => true))).toBe('STORE_READ_FAILED');
  disk.fault = () => undefined;
  expect(valueOf(await aside.list())).toHaveLength(1);
});
