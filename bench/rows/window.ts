import type { Contestant, Row } from '../lib/contest';
import { blankWindow, gatepassWindow, type RunningWindow } from '../lib/window';

const floor = 'floor: blank window, first paint';

/** When the page first showed anything, milliseconds since the epoch. */
const firstPaint = ({ page }: RunningWindow): Promise<number> =>
  momentOf(page, () => performance.getEntriesByName('first-paint')[0]);
/** When the list was first in the page with its rows. */
const firstRows = ({ page }: RunningWindow): Promise<number> =>
  momentOf(page, () => performance.getEntriesByName('registries-shown')[0]);

async function momentOf(
  page: RunningWindow['page'],
  entry: () => PerformanceEntry | undefined,
): Promise<number> {
  const handle = await page.waitForFunction(entry, undefined, { polling: 50 });
  return handle.evaluate((found) => performance.timeOrigin + (found as PerformanceEntry).startTime);
}

const until =
  (
    moment: (window: RunningWindow) => Promise<number>,
    open: (folder: string) => Promise<RunningWindow>,
  ): Contestant =>
  async ({ folder }) => {
    const window = await open(folder);
    try {
      return [(await moment(window)) - window.askedAt];
    } finally {
      await window.close();
    }
  };

export const windowPaint: Row = {
  id: 'window-paint',
  task: '6. Start of the program to the first paint of its window, on the host at hand',
  unit: 'ms',
  floor,
  target: '≤ 1.25 × the blank window; it waits for no file, keychain or network',
  contestants: {
    [floor]: until(firstPaint, blankWindow),
    Gatepass: until(firstPaint, (folder) => gatepassWindow(folder, 100)),
    'Gatepass, 10,000 registries': until(firstPaint, (folder) => gatepassWindow(folder, 10_000)),
  },
};

export const windowRows: Row = {
  id: 'window-rows',
  task: '6. Start of the program to the first rows of the list',
  unit: 'ms',
  floor,
  target: '≤ 1.25 × the blank window',
  contestants: {
    [floor]: until(firstPaint, blankWindow),
    Gatepass: until(firstRows, (folder) => gatepassWindow(folder, 100)),
    'Gatepass, 10,000 registries': until(firstRows, (folder) => gatepassWindow(folder, 10_000)),
  },
};
