import { expect, test } from 'vitest';
import { readCommandLine } from './command-line';

test('without switches the app shows itself and uses the system’s place', () => {
  expect(readCommandLine(['electron', '.'], '/home/a')).toEqual({ hidden: false });
});

test('a relative folder counts from where the app was started', () => {
  expect(readCommandLine(['--user-data-dir=profile', '--hidden'], '/home/a')).toEqual({
    hidden: true,
    userDataDir: '/home/a/profile',
  });
});

test('the last folder wins and an empty one is none', () => {
  expect(readCommandLine(['--user-data-dir=/a', '--user-data-dir=/b'], '/')).toMatchObject({
    userDataDir: '/b',
  });
  expect(readCommandLine(['--user-data-dir='], '/')).toEqual({ hidden: false });
});
