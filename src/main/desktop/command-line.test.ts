import { expect, test } from 'vitest';
import { readCommandLine } from './command-line';

test('without switches the app shows itself and uses the system’s place', () => {
  expect(readCommandLine(['electron', '.'], '/home/a', false)).toEqual({ hidden: false });
});

test('a relative folder counts from where the app was started', () => {
  expect(readCommandLine(['--user-data-dir=profile', '--hidden'], '/home/a', false)).toEqual({
    hidden: true,
    userDataDir: '/home/a/profile',
  });
});

test('the last folder wins and an empty one is none', () => {
  expect(readCommandLine(['--user-data-dir=/a', '--user-data-dir=/b'], '/', false)).toMatchObject({
    userDataDir: '/b',
  });
  expect(readCommandLine(['--user-data-dir='], '/', false)).toEqual({ hidden: false });
});

test('a folder of policy stands in for the system’s places, but not in an installed app', () => {
  const args = ['--policy-dir=policies'];
  expect(readCommandLine(args, '/home/a', false)).toEqual({
    hidden: false,
    policyDir: '/home/a/policies',
  });
  expect(readCommandLine(args, '/home/a', true)).toEqual({ hidden: false });
});

test('a report goes into a file that counts from where it was asked for', () => {
  expect(readCommandLine(['--support-report=report.txt'], '/home/a', true)).toEqual({
    hidden: false,
    supportReport: { kind: 'into-file', file: '/home/a/report.txt' },
  });
});

test.each(['--support-report=', '--support-report'])(
  'a report that was asked for as %s was asked for, and names no file',
  (asked) => {
    expect(readCommandLine([asked], '/home/a', true)).toEqual({
      hidden: false,
      supportReport: { kind: 'no-file-named' },
    });
  },
);

test('a switch that only begins like the report’s is not it', () => {
  expect(readCommandLine(['--support-reports'], '/home/a', true)).toEqual({ hidden: false });
});
