import { resolve } from 'node:path';

/** What the app's own switches say; everything else on the command line belongs to Chromium. */
export interface CommandLine {
  /** Folder for all state, instead of the system's place. */
  readonly userDataDir?: string;
  /** Folder of a `policy.yaml` instead of the system's places of policy; for development. */
  readonly policyDir?: string;
  /** Write a support report and end, without a window and beside an app that runs. */
  readonly supportReport?: AskedReport;
  /** Start without showing a window, as at login. */
  readonly hidden: boolean;
}

/** The file that `--support-report=FILE` names, or that it named none: then there is nothing but to say so. */
export type AskedReport =
  { readonly kind: 'into-file'; readonly file: string } | { readonly kind: 'no-file-named' };

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
  const askedReport = (): AskedReport | undefined => {
    const file = path('--support-report');
    if (file !== undefined) return { kind: 'into-file', file };
    // Asked for all the same: opening the window would leave a script waiting for an end that does not come.
    const isAskedFor = args.some((arg) => /^--support-report(=|$)/.test(arg));
    return isAskedFor ? { kind: 'no-file-named' } : undefined;
  };
  const userDataDir = path('--user-data-dir');
  const policyDir = isPackaged ? undefined : path('--policy-dir');
  const supportReport = askedReport();
  return {
    hidden: args.includes('--hidden'),
    ...(userDataDir !== undefined && { userDataDir }),
    ...(supportReport !== undefined && { supportReport }),
    ...(policyDir !== undefined && { policyDir }),
  };
}
