import type { Clock } from '../base/clock';

/** Editors and `thv` truncate a file and then write it; what is empty or broken is read again this often, this long. */
const retryEveryMs = 200;
const retryForMs = 1000;

/** What came of one reading, and whether it looks like a file that somebody is just writing. */
export interface Attempt<T> {
  readonly reading: T;
  readonly mayBeHalfWritten: boolean;
}

/** Reads until what comes is whole, at most for one second; then whatever came last. */
export async function untilWhole<T>(readOnce: () => Promise<Attempt<T>>, clock: Clock): Promise<T> {
  const giveUpAt = clock.monotonic() + retryForMs;
  for (;;) {
    const { reading, mayBeHalfWritten } = await readOnce();
    if (!mayBeHalfWritten || clock.monotonic() >= giveUpAt) return reading;
    await new Promise<void>((resolve) => clock.after(retryEveryMs, resolve));
  }
}
