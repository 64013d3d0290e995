import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordNameOf } from './session-key';
import { codeOf, valueOf } from './testing/results';
import { testStore } from './testing/test-store';
import { engineering, finance } from './testing/test-vault';
import { VanishedFile } from './vanished-file';

const name = recordNameOf(engineering);
const since = new Map([
  [name, 1_700_000_000_000],
  [recordNameOf(finance), 0],
]);

function setUp() {
  const { folder, disk, writer } = testStore();
  return { folder, disk, path: join(folder, 'vanished.json'), file: new VanishedFile(folder, disk, writer) };
}

test('what vanished is read as it was written, by another start of the app as well', async () => {
  const { folder, file } = setUp();
  expect(await file.read()).toEqual(new Map());
  valueOf(await file.write(since));
  expect(await file.read()).toEqual(since);
  expect(readdirSync(folder)).toEqual(['vanished.json']);
});

test.each([
  ['cut in the middle', '{"version":1,"since":{'],
  ['empty', ''],
  ['of another version', JSON.stringify({ version: 2, since: { [name]: 1 } })],
  ['about something that is no record', JSON.stringify({ version: 1, since: { '../data-key.json': 1 } })],
  ['about a name that is longer than one', JSON.stringify({ version: 1, since: { [`${name}0`]: 1 } })],
  ['with a time before all time', JSON.stringify({ version: 1, since: { [name]: -1 } })],
  ['with a time that is no number', JSON.stringify({ version: 1, since: { [name]: '1' } })],
])('a file that is %s says that nothing vanished, so no record is deleted for it', async (_name, text) => {
  const { path, file } = setUp();
  writeFileSync(path, text);
  expect(await file.read()).toEqual(new Map());
});

test('a file that cannot be read does not say that anything vanished', async () => {
  const { path, file } = setUp();
  mkdirSync(path);
  expect(await file.read()).toEqual(new Map());
});

test('a write that fails leaves what was known', async () => {
  const { disk, file } = setUp();
  valueOf(await file.write(since));
  disk.fault = ({ kind }) => (kind === 'sync' ? 'ENOSPC' : undefined);
  expect(codeOf(await file.write(new Map()))).toBe('STORE_FULL');
  expect(await file.read()).toEqual(since);
});
