import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** What a program's main process and its pages take, as Linux tells in /proc; other systems have no such row. */
export interface Cost {
  /** Resident memory at the end, MB. */
  readonly mainMb: number;
  readonly rendererMb: number;
  /** Of both together, over the time watched: percent of one core, and times a second that a thread woke up. */
  readonly cpuPercent: number;
  readonly wakeUpsPerSecond: number;
}

/** Clock ticks a second, in which /proc counts CPU time; a constant of the kernel's interface on every architecture we run on. */
const ticksPerSecond = 100;

/** Watches a program that nobody uses for so long. */
export async function costWhileIdle(mainPid: number, milliseconds: number): Promise<Cost> {
  const pids = () => [mainPid, ...renderersOf(mainPid)];
  const before = used(pids());
  await wait(milliseconds);
  const after = used(pids());
  const seconds = milliseconds / 1000;
  return {
    mainMb: residentMb(mainPid),
    rendererMb: renderersOf(mainPid).reduce((sum, pid) => sum + residentMb(pid), 0),
    cpuPercent: ((after.ticks - before.ticks) / ticksPerSecond / seconds) * 100,
    wakeUpsPerSecond: (after.wakeUps - before.wakeUps) / seconds,
  };
}

function used(pids: readonly number[]): { readonly ticks: number; readonly wakeUps: number } {
  return {
    ticks: pids.reduce((sum, pid) => sum + ticks(pid), 0),
    wakeUps: pids.reduce((sum, pid) => sum + wakeUps(pid), 0),
  };
}

function renderersOf(mainPid: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  );
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === mainPid || isBelow(parents.get(pid)));
  return [...parents.keys()].filter(
    (pid) => isBelow(pid) && textOf(`/proc/${pid}/cmdline`).includes('--type=renderer'),
  );
}

/** Fields of /proc/PID/stat from the third on; the second, a name in brackets, may hold spaces. */
const stat = (pid: number): string[] => (textOf(`/proc/${pid}/stat`).split(') ').at(-1) ?? '').split(' ');
const parentOf = (pid: number): number => Number(stat(pid)[1]);
const ticks = (pid: number): number => Number(stat(pid)[11] ?? 0) + Number(stat(pid)[12] ?? 0);
const residentMb = (pid: number): number => (numberIn(`/proc/${pid}/status`, 'VmRSS') * 1024) / 1e6;
const wakeUps = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce(
    (sum, thread) => sum + numberIn(`/proc/${pid}/task/${thread}/status`, 'voluntary_ctxt_switches'),
    0,
  );

const numberIn = (file: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(textOf(file))?.[1] ?? 0);

/** Empty for a process that ended meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
