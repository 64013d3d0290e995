import type { Clock } from '../../base/clock';

/** A clock on which waiting takes no time, for reading files that are broken on purpose. */
export function hurriedClock(): Clock {
  let elapsed = 0;
  return {
    now: () => elapsed,
    monotonic: () => elapsed,
    after(ms, callback) {
      const timer = setImmediate(() => {
        elapsed += ms;
        callback();
      });
      return () => {
        clearImmediate(timer);
      };
    },
  };
}
