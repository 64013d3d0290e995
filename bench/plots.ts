import { plot, type Series } from './lib/plot';
import type { RowOutcome } from './lib/table';
import { registryCounts } from './rows/cold-start';
import { memoryCounts } from './rows/idle';
import { filterLengths, listLengths } from './rows/list';

type Results = ReadonlyMap<string, RowOutcome>;
/** How many registries each contestant of a row has. */
type Counts = Readonly<Record<string, number>>;

/** How cost grows with the number of registries, for everything that was measured at several. */
export function plots(results: Results): { readonly name: string; readonly svg: string }[] {
  const drawings = [
    {
      name: 'cold-start',
      title: 'Main process to the first complete view, ms',
      series: acrossRows('cold-start', results),
    },
    { name: 'cold-heap', title: 'Heap after it, MB', series: acrossRows('cold-heap', results) },
    {
      name: 'list',
      title: 'The list of registries, ms',
      series: [
        ...withinRow('list-scroll', 'frame while scrolling, p95', listLengths, results),
        ...withinRow('list-filter', 'keystroke to paint', filterLengths, results),
        ...withinRow('list-status', 'change to paint', listLengths, results),
      ],
    },
    {
      name: 'memory',
      title: 'Main process and page, idle for a minute, MB',
      series: withinRow('memory-idle', 'resident memory', memoryCounts, results),
    },
  ];
  return drawings.flatMap(({ name, title, series }) =>
    series.length === 0 ? [] : [{ name: `${name}.svg`, svg: plot(title, series) }],
  );
}

/** One line per contestant of a family of rows, one of which was measured for each count. */
function acrossRows(prefix: string, results: Results): Series[] {
  const names = new Set(
    registryCounts.flatMap((count) => [...(results.get(`${prefix}-${count}`)?.keys() ?? [])]),
  );
  return [...names].map((name) => ({
    name,
    points: registryCounts.flatMap((x) => pointOf(x, results.get(`${prefix}-${x}`), name)),
  }));
}

/** The contestants of one row as one line. */
function withinRow(id: string, name: string, counts: Counts, results: Results): Series[] {
  const points = Object.entries(counts).flatMap(([contestant, x]) => pointOf(x, results.get(id), contestant));
  return points.length === 0 ? [] : [{ name, points }];
}

function pointOf(x: number, outcomes: RowOutcome | undefined, name: string): Series['points'] {
  const outcome = outcomes?.get(name);
  return outcome?.kind === 'measured' ? [{ x, y: outcome.summary.median }] : [];
}
