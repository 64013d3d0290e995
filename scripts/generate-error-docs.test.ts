import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { codes } from '../src/contract/codes';

const here = import.meta.dirname;

test('docs/errors.md is what the catalogue says today', async () => {
  const script = resolve(here, 'generate-error-docs.mjs');
  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({
    stderr: '',
  });
});

test('docs/errors.md has one entry for every code of the contract', async () => {
  const page = await readFile(resolve(here, '../docs/errors.md'), 'utf8');
  const entries = [...page.matchAll(/^### ([A-Z_]+)$/gm)].map(([, code]) => code);
  expect(entries).toEqual(Object.keys(codes));
});
