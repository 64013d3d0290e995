import type { Code } from '../../../contract/codes';
import type { Clock } from '../../base/clock';
import { delay } from '../../base/delay';
import { failed, type Failure, type Result } from '../../base/failure';

interface Limits {
  readonly clock: Pick<Clock, 'after'>;
  readonly signal: AbortSignal;
  /** What is left of the time for everything, in milliseconds. */
  readonly left: () => number;
  readonly random: (() => number) | undefined;
}

const mostTries = 3;
/** Milliseconds before the second and the third try, each give or take half, so that many computers do not come back together. */
const pauses = [500, 2000];

/** What passes without anybody's doing, and soon. One that let us wait once (NET_TIMEOUT) is not waited for again. */
const passing: ReadonlySet<Code> = new Set<Code>([
  'NET_DNS',
  'NET_OFFLINE',
  'NET_REFUSED',
  'NET_INTERRUPTED',
  'REGISTRY_UNAVAILABLE',
]);

/**
 * Asks again what failed in passing: up to three times in all, after the `seconds` the failure names or a short pause,
 * and only if there is time for it. OP_STALE once the signal aborts.
 */
export async function withRetries<T>(
  ask: () => Promise<Result<T>>,
  { clock, signal, left, random = Math.random }: Limits,
): Promise<Result<T>> {
  for (let tried = 1; ; tried++) {
    const result = await ask();
    if (signal.aborted) return failed('OP_STALE');
    if (result.ok || tried >= mostTries || !passing.has(result.failure.code)) return result;
    const pause = askedFor(result.failure) ?? (pauses[tried - 1] ?? 0) * (0.5 + random());
    if (pause >= left()) return result;
    if (!(await delay(pause, { clock, signal }))) return failed('OP_STALE');
  }
}

function askedFor({ params }: Failure): number | undefined {
  const { seconds } = params;
  return typeof seconds === 'number' ? seconds * 1000 : undefined;
}
