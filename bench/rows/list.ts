import type { ListBench } from '../page/list';
import type { Contestant, Row } from '../lib/contest';
import { onListPage } from '../lib/list-page';

/** Rows a list has in the runs; the first is the floor, the last what the app promises. */
export const listLengths = { 'floor: 10 rows': 10, '100 rows': 100, '1,000 rows': 1_000, Gatepass: 10_000 };

declare const window: { readonly bench: ListBench };

/** A search appears from 13 registries on. */
export const filterLengths = { 'floor: 100 rows': 100, '1,000 rows': 1_000, Gatepass: 10_000 };

const perLength = (
  measure: (rows: number) => Contestant,
  lengths: Readonly<Record<string, number>> = listLengths,
): Readonly<Record<string, Contestant>> =>
  Object.fromEntries(Object.entries(lengths).map(([name, rows]) => [name, measure(rows)]));
const p95 = (samples: readonly number[]) =>
  [...samples].sort((a, b) => a - b)[Math.floor(samples.length * 0.95)] ?? 0;
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

export const listScroll: Row = {
  id: 'list-scroll',
  task: '8. Scrolling the list of 10,000 registries ten rows a frame: 95th percentile of the frames',
  unit: 'ms',
  floor: 'floor: 10 rows',
  target: 'p95 ≤ 16.7 ms',
  contestants: perLength(
    (rows) => () =>
      onListPage(rows, async (page) => {
        await page.evaluate(() => window.bench.scroll(30));
        return [p95(await page.evaluate(() => window.bench.scroll(120)))];
      }),
  ),
};

export const listFilter: Row = {
  id: 'list-filter',
  task: '8. Keystroke in the search to the frame that shows what it finds, 10,000 registries',
  unit: 'ms',
  floor: 'floor: 100 rows',
  target: '≤ 50 ms',
  contestants: perLength(
    (rows) => () =>
      onListPage(rows, async (page) => {
        const found = `Registry ${rows - 1}`;
        const keystroke = () => page.evaluate((text) => window.bench.filter(text, text), found);
        const samples: number[] = [];
        while (samples.length < 8) samples.push(await keystroke());
        return samples.slice(2);
      }),
    filterLengths,
  ),
};

const changes = (rows: number) =>
  onListPage(rows, async (page) => {
    const samples: { readonly ms: number; readonly rows: number }[] = [];
    for (const index of times(12))
      samples.push(
        await page.evaluate((account) => window.bench.changeStatus(account), `alice${index}@acme.example`),
      );
    return samples.slice(2);
  });

export const listStatus: Row = {
  id: 'list-status',
  task: '8. One change of state to the frame that shows it, 10,000 registries',
  unit: 'ms',
  floor: 'floor: 10 rows',
  target: 'p95 ≤ 16.7 ms beside the wait for the frame',
  contestants: perLength((rows) => async () => (await changes(rows)).map(({ ms }) => ms)),
};

export const listTouched: Row = {
  id: 'list-touched',
  task: '8. Rows of the page that one change of state touches, 10,000 registries',
  unit: 'rows',
  floor: 'floor: 10 rows',
  target: 'exactly 1 (that no other row is drawn again is counted by many.test.tsx)',
  rounds: 1,
  contestants: perLength((rows) => async () => (await changes(rows)).map((change) => change.rows)),
};
