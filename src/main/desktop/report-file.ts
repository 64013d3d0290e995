import { dialog } from 'electron';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** REPORT_NOT_SAVED where the system does not allow it. The file is the person's own. */
export async function writeReportFile(path: string, text: string): Promise<Result<void>> {
  try {
    await writeFile(path, text, { mode: 0o600 });
    return success(undefined);
  } catch {
    return failed('REPORT_NOT_SAVED', { url: path });
  }
}
