import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Budget, measureFirstScreen } from './lib/first-screen.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-screen-'));
  mkdirSync(join(folder, 'assets'));
  put(
    'index.html',
    '<script src="./assets/index-AAAAAAAA.js"></script><link href="./assets/index-a_b-cdef.css">',
  );
  // Bytes that do not compress, so that what is put in is about what is weighed.
  put('assets/index-AAAAAAAA.js', randomBytes(1000));
  put('assets/index-a_b-cdef.css', randomBytes(200));
  put('assets/de-BBBBBBBB.js', randomBytes(300));
  put('assets/fr-BBBBBBBB.js', randomBytes(100));
  put('assets/support-CC-CC-CC.js', randomBytes(5000));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const put = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
};
const measure = (changes: Partial<Budget> = {}) =>
  measureFirstScreen(folder, { gzipBytes: 1_700, alsoAtStart: ['de', 'fr'], apart: ['support'], ...changes });

test('what the page names counts, and the largest language, each compressed by itself', () => {
  const { files, total, faults } = measure();
  expect(files.map(({ name }) => name)).toEqual([
    'assets/index-AAAAAAAA.js',
    'assets/index-a_b-cdef.css',
    'assets/de-BBBBBBBB.js',
  ]);
  expect(total).toBeGreaterThan(1_500);
  expect(faults).toEqual([]);
});

test('a byte too much is a fault', () => {
  const { total } = measure();
  expect(measure({ gzipBytes: total }).faults).toEqual([]);
  expect(measure({ gzipBytes: total - 1 }).faults).toEqual([
    `${total} bytes are 1 more than the budget allows.`,
  ]);
});

test('so is a part that has moved into the first screen', () => {
  put('index.html', '<link rel="modulepreload" href="./assets/support-CC-CC-CC.js">');
  expect(measure({ gzipBytes: 10_000 }).faults).toEqual(['The first screen loads "support".']);
  rmSync(join(folder, 'assets/support-CC-CC-CC.js'));
  put('index.html', '<script src="./assets/index-AAAAAAAA.js"></script>');
  expect(measure().faults).toEqual(['"support" is no chunk of its own any more.']);
});

test('and a measurement of nothing', () => {
  put('index.html', '<p>moved</p>');
  expect(measure({ alsoAtStart: ['it'] }).faults).toEqual([
    'There is no chunk "it".',
    'The page names no script: nothing was measured.',
  ]);
});
