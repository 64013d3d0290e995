import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countPlaywright, countVitest, withExitCode } from './counts.mjs';

const folder = mkdtempSync(join(tmpdir(), 'counts-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const reportOf = (report: object): string => {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(report));
  return file;
};
const vitestReport = (...testResults: object[]): string =>
  reportOf({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0, testResults });
const failedFile = (...statuses: string[]) => ({
  status: 'failed',
  assertionResults: statuses.map((status) => ({ status })),
});

test('a failed test is counted once, also though its file failed with it', () => {
  expect(countVitest(vitestReport(failedFile('passed', 'failed')))).toEqual({
    passed: 5,
    failed: 1,
    skipped: 2,
  });
});

test('a file that cannot be loaded is a failure', () => {
  expect(countVitest(vitestReport(failedFile())).failed).toBe(2);
});

test('a file whose preparation failed is a failure: its tests are only skipped', () => {
  expect(countVitest(vitestReport(failedFile('skipped', 'skipped'))).failed).toBe(2);
});

test('a report that was never written is a failure', () => {
  const missing = join(folder, 'missing.json');
  expect([countVitest(missing).failed, countPlaywright(missing).failed]).toEqual([1, 1]);
});

test('a test that passed at its second try only is a failure', () => {
  const report = reportOf({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 } });
  expect(countPlaywright(report)).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

test('a program that ends badly without a failed test is a failure, and not one more beside failed tests', () => {
  const failures = ([failed, code]: readonly [number, number]) =>
    withExitCode({ passed: 3, failed, skipped: 0 }, code).failed;
  expect([failures([0, 0]), failures([0, 1]), failures([2, 1])]).toEqual([0, 1, 2]);
});
