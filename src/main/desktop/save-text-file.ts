import { type BrowserWindow, dialog } from 'electron';
import { writeFile } from 'node:fs/promises';
import { failed, type Result, success } from '../base/failure';

/** A text to be kept where a person says. */
export interface SavedText {
  /** Name of the file to begin with, such as `policy.yaml`. */
  readonly name: string;
  readonly text: string;
}

/**
 * Asks where to keep a text, and writes it there; the system's dialog asks before anything is replaced. Readable for
 * everybody, as it is meant to be passed on.
 * @returns the file's path; undefined when the person closed the dialog. Failure: FILE_NOT_SAVED.
 */
export async function saveTextFile(
  window: BrowserWindow,
  { name, text }: SavedText,
): Promise<Result<string | undefined>> {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: name,
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  });
  if (canceled || filePath === '') return success(undefined);
  try {
    await writeFile(filePath, text, { mode: 0o644 });
    return success(filePath);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return failed('FILE_NOT_SAVED', { file: filePath, reason });
  }
}
