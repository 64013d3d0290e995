/** Less than this is the coarseness of the system's uptime (whole seconds on macOS), not sleep. */
const shortestSleepMs = 2_000;

/**
 * A clock that never goes back and, unlike Node's own on Linux, goes on while the computer sleeps. A token that expired
 * during the night must not look fresh in the morning, and the wall clock cannot tell, as it may be set by anyone.
 * @param steady milliseconds that never go back and may stand still during sleep (`performance.now`)
 * @param uptime milliseconds since the computer started, sleep included (`os.uptime`: boot time on Linux and macOS, the
 *   tick count on Windows); NaN where it cannot be had, which costs the sleep only
 */
export function countingSleep(steady: () => number, uptime: () => number): () => number {
  const apart = uptime() - steady();
  let slept = 0;
  return () => {
    const now = steady();
    const away = uptime() - now - apart;
    if (away - slept >= shortestSleepMs) slept = away;
    return now + slept;
  };
}
