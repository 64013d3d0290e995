import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { failed, type Result, success } from '../base/failure';

/** More than ten thousand registries need. */
export const largestFile = 5 * 1024 * 1024;

/** Without it, opening a pipe would wait for somebody to write to it. Windows has neither. */
const nonBlocking = process.platform === 'win32' ? 0 : constants.O_NONBLOCK;

/**
 * The text of a configuration file: UTF-8 with or without a byte order mark, at most 5 MiB; undefined when there is no
 * such file. Neither a pipe nor a device is waited for.
 */
export async function readTextFile(path: string): Promise<Result<string | undefined>> {
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  return bytes.value === undefined ? success(undefined) : decodeText(bytes.value);
}

async function readBytes(path: string): Promise<Result<Buffer | undefined>> {
  try {
    const file = await open(path, constants.O_RDONLY | nonBlocking);
    try {
      const status = await file.stat();
      if (!status.isFile()) return failed('CFG_UNREADABLE', { reason: 'not-a-file' });
      if (status.size > largestFile) return failed('CFG_TOO_LARGE');
      const bytes = await file.readFile();
      return bytes.length > largestFile ? failed('CFG_TOO_LARGE') : success(bytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return reason === 'ENOENT' || reason === 'ENOTDIR'
      ? success(undefined)
      : failed('CFG_UNREADABLE', { reason });
  }
}

/** UTF-8 with or without a byte order mark. */
export function decodeText(bytes: Buffer): Result<string> {
  // UTF-16, as Windows programs write it, with its mark or seen by the NUL beside each ASCII character.
  const isUtf16 =
    /^(\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2)) || bytes.subarray(0, 2).includes(0);
  if (isUtf16) return failed('CFG_INVALID', { reason: 'utf-16', line: 1 });
  try {
    return success(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return failed('CFG_INVALID', { reason: 'not-utf-8', line: 1 });
  }
}
