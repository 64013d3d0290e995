import { resolve } from 'node:path';

/** What the app's own switches say; everything else on the command line belongs to Chromium. */
export interface CommandLine {
  /** Folder for all state, instead of the system's place. */
  readonly userDataDir?: string;
  /** Folder of a `policy.yaml` instead of the system's places of policy; for development. */
  readonly policyDir?: string;
  /** Write a support report into this file and end, without a window and beside an app that runs. */
  readonly supportReport?: string;
  /** Start without showing a window, as at login. */
  readonly hidden: boolean;
}

/**
 * Reads the arguments after the program's own; relative paths count from `cwd`.
 * @param isPackaged an installed app takes its policy from the administrator's places only: otherwise a person could
 *   start it without their locks
 */
export function readCommandLine(args: readonly string[], cwd: string, isPackaged: boolean): CommandLine {
  const path = (name: string) => {
    const given = args.findLast((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
    return given === undefined || given === '' ? undefined : resolve(cwd, given);
  };
  const userDataDir = path('--user-data-dir');
  const policyDir = isPackaged ? undefined : path('--policy-dir');
  const supportReport = path('--support-report');
  return {
    hidden: args.includes('--hidden'),
    ...(userDataDir !== undefined && { userDataDir }),
    ...(supportReport !== undefined && { supportReport }),
    ...(policyDir !== undefined && { policyDir }),
  };
}
