import { expect } from 'vitest';
import type { Result } from '../../base/failure';
import type { Secret } from '../../base/secret';

/** The value of a result that has to be one. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) expect.unreachable(`failed with ${result.failure.code}`);
  return result.value;
}

/** The code of a result that has to be a failure. */
export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'no failure' : result.failure.code;
}

/** The token in a result that has to hold one. */
export function tokenIn(result: Result<Secret>): string {
  return valueOf(result).reveal();
}
