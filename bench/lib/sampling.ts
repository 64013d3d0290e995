/** Runs a task several times, the first ones unmeasured, and gives how long each took, in milliseconds. */
export async function timed(times: number, task: () => Promise<unknown>, warmUp = 3): Promise<number[]> {
  for (let run = 0; run < warmUp; run++) await task();
  const samples: number[] = [];
  for (let run = 0; run < times; run++) {
    const startedAt = performance.now();
    await task();
    samples.push(performance.now() - startedAt);
  }
  return samples;
}

export const milliseconds = async (task: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await task();
  return performance.now() - startedAt;
};
