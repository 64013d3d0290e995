export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('No samples');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Of the medians of several rounds: one slow moment of the machine moves the range, not the middle. */
export const summary = (rounds: readonly number[]): Summary => ({
  median: median(rounds),
  min: Math.min(...rounds),
  max: Math.max(...rounds),
});
