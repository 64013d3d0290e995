import type { LengthClass, TokenFact } from '../../contract/support-view';

/** A token's length as one of four classes: an exact one would help a guess, a class tells a reference from a JWT. */
function lengthClassOf(length: number): LengthClass {
  if (length < 64) return '1–63';
  if (length < 512) return '64–511';
  return length < 4096 ? '512–4095' : '4096+';
}

/** @param length in characters; undefined or 0 without a token */
export function tokenFact(length: number | undefined, kept: 'memory' | 'sealed'): TokenFact {
  if (length === undefined || length === 0) return { kind: 'absent' };
  return { kind: 'present', length: lengthClassOf(length), kept };
}
