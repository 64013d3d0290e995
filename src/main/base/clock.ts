import { uptime } from 'node:os';
import { countingSleep } from './sleep-counting';

/** Stops a timer; safe to call twice. */
export type Cancel = () => void;

/** Time as the app sees it. Passed in, so that tests decide when it passes. */
export interface Clock {
  /** Wall-clock time, milliseconds since the epoch. May jump; only for showing and for records. */
  now(): number;
  /** Milliseconds on a clock that never goes back and counts sleep. For every lifetime and deadline. */
  monotonic(): number;
  /** Calls back once after `ms` milliseconds awake: a timer may stand still during sleep. Does not keep the process alive. */
  after(ms: number, callback: () => void): Cancel;
}

/** Node's longest timer; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: countingSleep(
    () => performance.now(),
    () => uptime() * 1000,
    () => Date.now(),
  ),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(ms, 0), longestTimer));
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
