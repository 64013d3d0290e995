import { resolve } from 'node:path';

/** What the app's own switches say; everything else on the command line belongs to Chromium. */
export interface CommandLine {
  /** Folder for all state, instead of the system's place. */
  readonly userDataDir?: string;
  /** Start without showing a window, as at login. */
  readonly hidden: boolean;
}

const userDataSwitch = '--user-data-dir=';

/** Reads the arguments after the program's own; relative folders count from `cwd`. */
export function readCommandLine(args: readonly string[], cwd: string): CommandLine {
  const folder = args.findLast((arg) => arg.startsWith(userDataSwitch))?.slice(userDataSwitch.length);
  return {
    hidden: args.includes('--hidden'),
    ...(folder !== undefined && folder !== '' && { userDataDir: resolve(cwd, folder) }),
  };
}
