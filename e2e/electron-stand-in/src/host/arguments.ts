/** What the command line of the `electron` executable asks for. */
export interface HostArguments {
  /** Files of `-r FILE`, loaded before the app (Playwright's loader uses this). */
  readonly preloads: readonly string[];
  /** The app folder or main script; `.` when none is named. */
  readonly target: string;
  /** Every `--switch[=value]`, also those after the target, as Chromium's command line sees them. */
  readonly switches: ReadonlyMap<string, string>;
  /** The arguments as the app finds them in `process.argv` after the executable. */
  readonly visible: readonly string[];
}

/** Reads `[-r file] [--switches] [app] [arguments]`, the order Electron expects. */
export function parseHostArguments(args: readonly string[]): HostArguments {
  const preloads: string[] = [];
  const visible: string[] = [];
  const switches = new Map<string, string>();
  let target: string | undefined;
  for (let i = 0; i < args.length; i += 1) {
    const argument = args[i] ?? '';
    if (target === undefined && (argument === '-r' || argument === '--require')) {
      i += 1;
      preloads.push(args[i] ?? '');
      continue;
    }
    visible.push(argument);
    if (argument.startsWith('--')) {
      const equals = argument.indexOf('=');
      const name = argument.slice(2, equals < 0 ? undefined : equals);
      if (name !== '') switches.set(name, equals < 0 ? '' : argument.slice(equals + 1));
    } else {
      target ??= argument;
    }
  }
  return { preloads, target: target ?? '.', switches, visible };
}
