import type { Outcome } from '../../contract/bridge';
import type { Result } from '../base/failure';

/** What the page is told of a result: done, or why not. */
export const outcome = (result: Result<unknown>): Outcome =>
  result.ok ? { ok: true } : { ok: false, problem: result.failure };
