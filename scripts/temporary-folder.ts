import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'gatepass-tests-'));

/** Vitest's global setup: gives all tests of a run one temporary folder. */
export function setup(): void {
  // Workers, and the programs that tests start, inherit it: TMPDIR on macOS and Linux, TEMP and TMP on Windows.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
}

/** Removes it with whatever the tests left there. */
export function teardown(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
