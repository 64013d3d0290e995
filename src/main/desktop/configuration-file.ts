import { shell } from 'electron';
import { writeFile } from 'node:fs/promises';
import { failed, type Result, success } from '../base/failure';

/** Opens the configuration file with the program the person has for it; writes `template` first where there is none. */
export async function openConfigurationFile(file: string, template: string): Promise<Result<void>> {
  try {
    await writeFile(file, template, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    // It is there already, which is the usual case.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
      return failed('CFG_UNREADABLE', { url: file });
  }
  const refusal = await shell.openPath(file);
  return refusal === '' ? success(undefined) : failed('CFG_UNREADABLE', { url: file });
}
