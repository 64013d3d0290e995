import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { failed, type Result, success } from '../base/failure';

interface Place {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** Where a Linux desktop looks for what starts at login (freedesktop.org Desktop Application Autostart Specification). */
export function autostartFile({ env, homeFolder }: Place): string {
  const given = env['XDG_CONFIG_HOME'];
  const folder = given !== undefined && isAbsolute(given) ? given : join(homeFolder, '.config');
  return join(folder, 'autostart', 'gatepass.desktop');
}

/** Tells our file from one of the same name that a person or a package put there. */
const ownMark = 'X-Gatepass-Setting=launch_at_login';

/**
 * Lets a Linux desktop start the app at login, or not any more. Writes and removes only a file of its own, and only where
 * something is to change. Never rejects.
 * @param command the program and its arguments
 */
export async function writeAutostart(
  path: string,
  command: readonly string[],
  isWanted: boolean,
): Promise<Result<void>> {
  try {
    const present = await textOf(path);
    if (!isWanted) {
      if (present?.includes(ownMark) === true) await rm(path, { force: true });
      return success(undefined);
    }
    const wanted = entryOf(command);
    if (present !== wanted) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, wanted);
    }
    return success(undefined);
  } catch (error) {
    return failed('LAUNCH_AT_LOGIN_FAILED', { reason: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const entryOf = (command: readonly string[]): string =>
  `[Desktop Entry]
Type=Application
Name=Gatepass
Exec=${command.map(quoted).join(' ')}
Terminal=false
${ownMark}
`;

/** An argument of `Exec` (Desktop Entry Specification): quoted, and escaped once for the quotes and once for the string. */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${inQuotes.replaceAll('\\', '\\\\')}"`;
}
