import type { CheckFact, CheckName, CheckOutcome } from '../../../contract/self-test';
import type { Failure } from '../../base/failure';

/** One small question to this computer or to the network. */
export interface Check {
  readonly name: CheckName;
  /** Without these it could only repeat what they say: left out where one of them failed. */
  readonly needs?: readonly CheckName[];
  /** Its longest time in milliseconds, where it is not the usual one. */
  readonly longestMs?: number;
  /** May throw: that is a defect, and reported as one. */
  readonly run: (signal: AbortSignal) => Promise<CheckOutcome>;
}

type Found = Pick<CheckOutcome, 'tried' | 'facts'>;

export const passed = (found: Found = {}): CheckOutcome => ({ verdict: 'pass', ...found });

export const notNeeded = (found: Found = {}): CheckOutcome => ({ verdict: 'not-needed', ...found });

export const warned = (problem: Failure, found: Found = {}): CheckOutcome => ({
  verdict: 'warn',
  problem,
  ...found,
});

export const refused = (problem: Failure, found: Found = {}): CheckOutcome => ({
  verdict: 'fail',
  problem,
  ...found,
});

export const fact = (name: CheckFact['name'], value: string | number): CheckFact => ({
  name,
  value: String(value),
});
