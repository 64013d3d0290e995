import type { Clock } from './clock';

/** A clock for tests: time passes only by {@link ManualClock.advance}, and timers fire in order while it does. */
export interface ManualClock extends Clock {
  /** Lets `ms` milliseconds pass on both clocks, firing what becomes due and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Moves only the wall clock, as a person or a time server does. */
  jump(ms: number): void;
  /** Lets the computer sleep: time passes on both clocks, and every timer comes that much later, as on Linux. */
  sleep(ms: number): void;
  /** How many timers wait. */
  timerCount(): number;
}

export function manualClock(startedAt = 1_700_000_000_000): ManualClock {
  let elapsed = 0;
  let offset = startedAt;
  const timers = new Map<number, { due: number; callback: () => void }>();
  let nextId = 0;

  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const nextDue = (until: number) =>
    [...timers].filter(([, timer]) => timer.due <= until).sort(([, a], [, b]) => a.due - b.due)[0];

  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    after(ms, callback) {
      const id = nextId++;
      timers.set(id, { due: elapsed + Math.max(ms, 0), callback });
      return () => void timers.delete(id);
    },
    async advance(ms) {
      const until = elapsed + ms;
      await settle();
      for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
        const [id, { due, callback }] = timer;
        timers.delete(id);
        elapsed = due;
        callback();
        await settle();
      }
      elapsed = until;
      await settle();
    },
    jump(ms) {
      offset += ms;
    },
    sleep(ms) {
      elapsed += ms;
      for (const timer of timers.values()) timer.due += ms;
    },
    timerCount: () => timers.size,
  };
}
