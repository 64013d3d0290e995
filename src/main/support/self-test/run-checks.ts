import type { CheckName, CheckOutcome, CheckView } from '../../../contract/self-test';
import type { Clock } from '../../base/clock';
import { failure } from '../../base/failure';
import { type Check, refused } from './check';

/** No check may keep a person waiting for longer, whatever the network does. */
const usualLongestMs = 10_000;

export interface RunOptions {
  readonly clock: Pick<Clock, 'monotonic' | 'after'>;
  readonly signal: AbortSignal;
  /** Told whenever a check begins or ends, with all of them. */
  readonly changed: (checks: readonly CheckView[]) => void;
}

/**
 * Runs checks one after another, each within its time. Those whose needs failed are left out. Resolves when all are done,
 * or at once when the signal ends the run: what has not ended by then stays as it was.
 */
export async function runChecks(
  checks: readonly Check[],
  { clock, signal, changed }: RunOptions,
): Promise<readonly CheckView[]> {
  const views: CheckView[] = checks.map(({ name }) => ({ name, state: 'waiting' }));
  const failed = new Set<CheckName>();
  for (const [index, check] of checks.entries()) {
    if (signal.aborted) break;
    const { name } = check;
    const startedAt = clock.monotonic();
    views[index] = { name, state: 'running' };
    changed([...views]);
    const isHopeless = check.needs?.some((needed) => failed.has(needed)) ?? false;
    const outcome = isHopeless ? leftOut : await within(check, clock, signal);
    if (outcome === undefined) {
      views[index] = { name, state: 'waiting' };
      break;
    }
    if (outcome.verdict === 'fail' || outcome.verdict === 'left-out') failed.add(name);
    const durationMs = Math.round(clock.monotonic() - startedAt);
    views[index] = { name, state: 'done', outcome, durationMs };
    changed([...views]);
  }
  return views;
}

const leftOut: CheckOutcome = { verdict: 'left-out' };

/** Undefined when the run was ended meanwhile. */
async function within(
  { run, longestMs = usualLongestMs }: Check,
  clock: Pick<Clock, 'after'>,
  signal: AbortSignal,
): Promise<CheckOutcome | undefined> {
  const own = new AbortController();
  const endings: (() => void)[] = [];
  const ended = new Promise<CheckOutcome | undefined>((resolve) => {
    const onAbort = () => {
      resolve(undefined);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    endings.push(() => {
      signal.removeEventListener('abort', onAbort);
    });
    endings.push(
      clock.after(longestMs, () => {
        const seconds = Math.round(longestMs / 1000);
        resolve(refused(failure('CHECK_TIMED_OUT', { seconds })));
      }),
    );
  });
  // What was thrown may hold anything; that something was is the news.
  const answered = run(own.signal).catch(() => refused(failure('INTERNAL_ERROR')));
  const outcome = await Promise.race([ended, answered]);
  for (const end of endings) end();
  // Whatever the check still waits for, nobody will read.
  own.abort();
  return outcome;
}
