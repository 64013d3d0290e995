import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { longestToken } from './token-text';
import { readTokenFile } from './token-file';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-'));
  path = join(folder, 'token');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What was read, with the token in clear. */
async function read(file = path) {
  const result = await readTokenFile(file);
  if (!result.ok) return result.failure;
  const { token, warning } = result.value ?? {};
  return { token: token?.reveal(), warning };
}

test('the token is what stands in the file, without the white space around it', async () => {
  writeFileSync(path, ' the.token \n', { mode: 0o600 });
  expect(await read()).toEqual({ token: 'the.token', warning: undefined });
});

test('a file that is not there is no fault, nor is a folder that is not there', async () => {
  expect(await read()).toEqual({ token: undefined, warning: undefined });
  expect(await read(join(folder, 'nowhere', 'token'))).toEqual({ token: undefined, warning: undefined });
});

test.each([0o640, 0o604, 0o644])('mode %o lets others read it, which is told', async (mode) => {
  writeFileSync(path, 'token');
  chmodSync(path, mode);
  expect(await read()).toEqual({ token: 'token', warning: { code: 'TOKEN_FILE_EXPOSED', params: { path } } });
});

test('a link is followed, as containers mount secrets behind them', async () => {
  writeFileSync(join(folder, 'data'), 'token', { mode: 0o400 });
  symlinkSync('data', path);
  expect(await read()).toEqual({ token: 'token', warning: undefined });
});

test.each([['two words'], [''], ['x'.repeat(longestToken + 1)], ['x'.repeat(longestToken + 5_000)]])(
  'what is no token is told as that, and never sent (%#)',
  async (text) => {
    writeFileSync(path, text, { mode: 0o600 });
    const params = { reason: 'token-file', place: path };
    expect(await read()).toEqual({ code: 'TOKEN_UNUSABLE', params });
  },
);

test('neither a folder nor a pipe is waited for', async () => {
  mkdirSync(path);
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  for (const file of [path, join(folder, 'pipe')])
    expect(await read(file)).toEqual({
      code: 'TOKEN_FILE_UNREADABLE',
      params: { path: file, reason: 'not-a-file' },
    });
});

test('a circle of links is told with the system’s word for it', async () => {
  symlinkSync('token', path);
  expect(await read()).toEqual({ code: 'TOKEN_FILE_UNREADABLE', params: { path, reason: 'ELOOP' } });
});
