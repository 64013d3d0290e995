/**
 * The uptime is a file to read on Linux, too much for a clock that every request asks. While the computer is awake it is
 * read this often at most; sleep shows at once in the wall clock, which then runs ahead.
 */
const mostLooksEveryMs = 1_000;
/** Adjustments of the wall clock by a time server are far smaller between two looks. */
const suspiciousMs = 1_000;

/** Less than this is the coarseness of the system's uptime (whole seconds on macOS), not sleep. */
const shortestSleepMs = 2_000;

/**
 * A clock that never goes back and, unlike Node's own on Linux, goes on while the computer sleeps. A token that expired
 * during the night must not look fresh in the morning, and the wall clock cannot tell, as it may be set by anyone.
 * @param steady milliseconds that never go back and may stand still during sleep (`performance.now`)
 * @param uptime milliseconds since the computer started, sleep included (`os.uptime`: boot time on Linux and macOS, the
 *   tick count on Windows); NaN where it cannot be had, which costs the sleep only
 * @param wall milliseconds since the epoch (`Date.now`): not believed, but a reason to look at the uptime
 */
export function countingSleep(steady: () => number, uptime: () => number, wall: () => number): () => number {
  const apart = uptime() - steady();
  let slept = 0;
  let looked = { at: -Infinity, wallAhead: 0 };
  return () => {
    const now = steady();
    const wallAhead = wall() - now;
    if (now - looked.at < mostLooksEveryMs && Math.abs(wallAhead - looked.wallAhead) < suspiciousMs)
      return now + slept;
    looked = { at: now, wallAhead };
    const away = uptime() - now - apart;
    if (away - slept >= shortestSleepMs) slept = away;
    return now + slept;
  };
}
