import { dialog } from 'electron';
import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failed, type Result, success } from '../base/failure';

/** Asks where to save a report, and writes it there; without a path when the person thought better of it. */
export async function saveReportFile(
  text: string,
  folder: string,
  madeAt: number,
): Promise<Result<{ readonly path?: string }>> {
  const day = new Date(madeAt).toISOString().slice(0, 10);
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: join(folder, `gatepass-report-${day}.txt`),
    filters: [{ name: 'Text', extensions: ['txt'] }],
  });
  if (canceled || filePath === '') return success({});
  const written = await writeReportFile(filePath, text);
  return written.ok ? success({ path: filePath }) : written;
}

/**
 * Writes a report whole or not at all, readable by nobody else: beside the place and then renamed, so that a file others
 * may read does not lend it its permissions, and a link is replaced, not followed.
 * @returns REPORT_NOT_SAVED with the system's code as `reason`; `not-a-file` where a device or a pipe stands there
 */
export async function writeReportFile(path: string, text: string): Promise<Result<void>> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const obstacle = await obstacleAt(path);
    if (obstacle !== undefined) return failed('REPORT_NOT_SAVED', { url: path, reason: obstacle });
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
    await rename(temporary, path);
    return success(undefined);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return failed('REPORT_NOT_SAVED', { url: path, reason });
  }
}

/** What a rename must not be tried on, by itself or by a link: an administrator's would take a device away from everybody. */
async function obstacleAt(path: string): Promise<string | undefined> {
  const standing = await stat(path).catch(() => undefined);
  if (standing === undefined || standing.isFile()) return undefined;
  return standing.isDirectory() ? 'EISDIR' : 'not-a-file';
}
