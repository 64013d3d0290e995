import { plot, type Series } from './lib/plot';
import type { RowOutcome } from './lib/table';
import { registryCounts } from './rows/cold-start';

/** How cost grows with the number of registries, for every family of rows that was measured at several. */
export function plots(
  results: ReadonlyMap<string, RowOutcome>,
): { readonly name: string; readonly svg: string }[] {
  const families = [
    { prefix: 'cold-start', title: 'Main process to the first complete view', unit: 'ms' },
    { prefix: 'cold-heap', title: 'Heap after it', unit: 'MB' },
  ];
  return families.flatMap(({ prefix, title, unit }) => {
    const series = seriesOf(prefix, results);
    return series.length === 0 ? [] : [{ name: `${prefix}.svg`, svg: plot(title, unit, series) }];
  });
}

function seriesOf(prefix: string, results: ReadonlyMap<string, RowOutcome>): Series[] {
  const names = new Set(
    registryCounts.flatMap((count) => [...(results.get(`${prefix}-${count}`)?.keys() ?? [])]),
  );
  return [...names].map((name) => ({
    name,
    points: registryCounts.flatMap((x) => {
      const outcome = results.get(`${prefix}-${x}`)?.get(name);
      return outcome?.kind === 'measured' ? [{ x, y: outcome.summary.median }] : [];
    }),
  }));
}
