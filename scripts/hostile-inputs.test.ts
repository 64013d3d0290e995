import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { codes } from '../src/contract/codes';
import { namedTests, type NamedTest, rowsOf } from './lib/test-tables.mjs';
import { listTests } from './lib/list-tests.mjs';

const root = resolve(import.meta.dirname, '..');
const rows = rowsOf(await readFile(resolve(root, 'docs/hostile-inputs.md'), 'utf8'));
const named = rows.flatMap((row) => namedTests(row.tests));

let titles: ReadonlyMap<string, readonly string[]>;
// A second Vitest collects beside this one: on a busy machine that takes long.
beforeAll(async () => {
  titles = await listTests(root, [...new Set(named.map(({ file }) => file))]);
}, 600_000);

const isThere = ({ file, title }: NamedTest) => titles.get(file)?.some((known) => title.test(known)) === true;

test('every test that docs/hostile-inputs.md names exists', () => {
  const missing = named.filter((one) => !isThere(one)).map(({ file, text }) => `${file}: ${text}`);
  expect(missing).toEqual([]);
});

test('every row of docs/hostile-inputs.md names a test, and only codes that there are', () => {
  for (const row of rows) expect(namedTests(row.tests), row.input).not.toHaveLength(0);
  const unknown = rows.flatMap(({ codes: text }) => text.match(/[A-Z]+_[A-Z_]+/g) ?? []);
  expect(unknown.filter((code) => !(code in codes))).toEqual([]);
});

test('a test that does not exist is noticed', () => {
  const [one] = namedTests('`identity/discover.test.ts`: a 404 names […] was tried');
  const [other] = namedTests('`identity/discover.test.ts`: a 404 names nothing');
  expect([one, other].map((name) => name !== undefined && isThere(name))).toEqual([true, false]);
});
