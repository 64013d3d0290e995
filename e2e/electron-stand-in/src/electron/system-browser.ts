import { spawn } from 'node:child_process';

/** A browser that still runs after this long was opened; one that refuses says so at once. */
const PATIENCE_MS = 1000;

type Env = Readonly<Partial<Record<string, string>>>;

/** The command of $BROWSER (its first choice, `%s` for the address), else `xdg-open` from PATH. */
export function browserCommand(url: string, env: Env): readonly [string, ...string[]] {
  const words =
    (env['BROWSER'] ?? '')
      .split(':')[0]
      ?.split(/\s+/)
      .filter((word) => word !== '') ?? [];
  const [program, ...args] = words;
  if (program === undefined) return ['xdg-open', url];
  return args.some((arg) => arg.includes('%s'))
    ? [program, ...args.map((arg) => arg.replaceAll('%s', url))]
    : [program, ...args, url];
}

/** Opens a URL or a file with the system's program. Rejects when it cannot be started or fails at once. */
export function openWithSystem(command: readonly [string, ...string[]]): Promise<void> {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' });
    const timer = setTimeout(resolve, PATIENCE_MS);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`Failed to open: ${program} could not be started (${error.message})`));
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new Error(`Failed to open: ${program} ended with ${signal ?? `code ${String(code)}`}`));
    });
    child.unref();
  });
}
