import { openDesk } from '../../src/main/sessions/testing/desk';
import type { Contestant, Row, Surroundings } from '../lib/contest';
import { type Cost, costWhileIdle } from '../lib/process-cost';
import { signInToAll } from '../lib/sign-in-to-all';
import { blankWindow, gatepassWindow, type RunningWindow } from '../lib/window';

const floor = 'floor: blank window';
const minute = 60_000;

type Open = (surroundings: Surroundings) => Promise<RunningWindow>;
type Prepare = (window: RunningWindow, surroundings: Surroundings) => Promise<unknown>;

/** Opens a window, brings it where the minute begins, and picks what it took meanwhile. */
const idle =
  (pick: (cost: Cost) => number, open: Open, prepare: Prepare): Contestant =>
  async (surroundings) => {
    const window = await open(surroundings);
    try {
      await prepare(window, surroundings);
      const { pid } = window.electronApp.process();
      if (pid === undefined) throw new Error('The program has no process');
      return [pick(await costWhileIdle(pid, minute))];
    } finally {
      await window.close();
    }
  };
const inMemory = ({ mainMb, rendererMb }: Cost) => mainMb + rendererMb;
const blank = (pick: (cost: Cost) => number) =>
  idle(
    pick,
    ({ folder }) => blankWindow(folder),
    () => Promise.resolve(),
  );
const configured = (pick: (cost: Cost) => number, registries: number) =>
  idle(
    pick,
    ({ folder }) => gatepassWindow(folder, registries),
    ({ page }) => page.waitForFunction(() => performance.getEntriesByName('registries-shown').length > 0),
  );
const signedIn = (pick: (cost: Cost) => number, registries: number) =>
  idle(
    pick,
    ({ folder, issuer }) => gatepassWindow(folder, registries, { issuer }),
    (window, { ca }) => signInToAll(window, registries, ca),
  );

/** Registries of each contestant that has some. */
export const memoryCounts = { 'Gatepass, 1 registry': 1, Gatepass: 1_000 };

export const memory: Row = {
  id: 'memory-idle',
  task: '9. Resident memory of main process and page together after an idle minute',
  unit: 'MB',
  floor,
  target: '≤ 1.2 × the blank window, with 1 and with 1,000 registries',
  rounds: 1,
  contestants: {
    [floor]: blank(inMemory),
    ...Object.fromEntries(
      Object.entries(memoryCounts).map(([name, registries]) => [name, configured(inMemory, registries)]),
    ),
  },
};

const afterRefreshes =
  (count: number): Contestant =>
  async ({ issuer, ca }) => {
    const desk = await openDesk({ issuer, ca });
    await desk.signIn('acme');
    for (let done = 0; done < count; done++) {
      const token = await desk.sessions.accessToken('acme', { force: true });
      if (!token.ok) throw new Error(token.failure.code);
    }
    global.gc?.();
    return [process.memoryUsage().heapUsed / 1e6];
  };
export const memoryRefreshes: Row = {
  id: 'memory-refreshes',
  task: '9. Heap of the main process after 1,000 refreshes',
  unit: 'MB',
  floor: 'floor: after 100 refreshes',
  target: 'no growth',
  rounds: 1,
  contestants: { 'floor: after 100 refreshes': afterRefreshes(100), Gatepass: afterRefreshes(1_000) },
};

const idleRow = (
  id: string,
  what: string,
  unit: Row['unit'],
  pick: (cost: Cost) => number,
  target: string,
): Row => ({
  id,
  task: `10. ${what} of main process and page over an idle minute, 100 signed-in registries`,
  unit,
  floor,
  target,
  rounds: 1,
  contestants: { [floor]: blank(pick), Gatepass: signedIn(pick, 100) },
});
export const idleCpu = idleRow(
  'idle-cpu',
  'CPU time',
  '% of a core',
  ({ cpuPercent }) => cpuPercent,
  '≤ 1 % of a core',
);
export const idleWakeUps = idleRow(
  'idle-wake-ups',
  'Wake-ups of all threads',
  'wake-ups/s',
  ({ wakeUpsPerSecond }) => wakeUpsPerSecond,
  'no timer under 1 s: what the blank window has, and no more',
);
