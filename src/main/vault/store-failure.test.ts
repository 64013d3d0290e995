import { expect, test } from 'vitest';
import { errnoOf, notHolder, writeFailure } from './store-failure';

const errno = (code: unknown) => Object.assign(new Error('/home/ada/secret place'), { code });

test.each([
  ['ENOSPC', 'STORE_FULL'],
  ['EDQUOT', 'STORE_FULL'],
  ['EROFS', 'STORE_WRITE_FAILED'],
  ['EACCES', 'STORE_WRITE_FAILED'],
  ['EIO', 'STORE_WRITE_FAILED'],
])('%s is %s, and nothing of the error, which names paths, is kept', (code, named) => {
  expect(writeFailure(errno(code))).toEqual({ code: named, params: {} });
});

test('a profile that another process holds is STORE_CONTENDED', () => {
  expect(writeFailure(notHolder()).code).toBe('STORE_CONTENDED');
});

test('what carries no code of the system has none', () => {
  expect([errno(5), new Error('ENOSPC'), 'ENOSPC', undefined, { code: 'ENOSPC' }].map(errnoOf)).toEqual(
    Array.from({ length: 5 }, () => ''),
  );
  expect(writeFailure('anything').code).toBe('STORE_WRITE_FAILED');
});
