import type { Clock } from './clock';

/** Waits; answers false, at once, when the signal aborts before the time is up. */
export function delay(
  ms: number,
  { clock, signal }: { readonly clock: Pick<Clock, 'after'>; readonly signal?: AbortSignal },
): Promise<boolean> {
  return new Promise((resolve) => {
    const onAbort = () => {
      stop();
      resolve(false);
    };
    const stop = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve(true);
    });
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
