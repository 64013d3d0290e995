import { useEffect, useState } from 'react';

/** The current time in milliseconds, drawn again every `every` milliseconds. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => follow(every, setNow), [every]);
  return now;
}

interface Beat {
  readonly followers: Set<(now: number) => void>;
  readonly timer: ReturnType<typeof setInterval>;
}

/** One timer for all that are drawn equally often: a hundred rows wake the computer up no more often than one. */
const beats = new Map<number, Beat>();

function follow(every: number, tell: (now: number) => void): () => void {
  const beat = beats.get(every) ?? startBeat(every);
  beat.followers.add(tell);
  return () => {
    beat.followers.delete(tell);
    if (beat.followers.size > 0) return;
    clearInterval(beat.timer);
    beats.delete(every);
  };
}

function startBeat(every: number): Beat {
  const followers: Beat['followers'] = new Set();
  const timer = setInterval(() => {
    const now = Date.now();
    for (const tell of followers) tell(now);
  }, every);
  const beat: Beat = { followers, timer };
  beats.set(every, beat);
  return beat;
}
