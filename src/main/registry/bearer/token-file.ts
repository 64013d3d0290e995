import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { failed, type Failure, failure, type Result, success } from '../../base/failure';
import type { Secret } from '../../base/secret';
import { longestToken, tokenIn } from './token-text';

export interface FileToken {
  readonly token: Secret;
  /** Set when other accounts of the computer may read it; it is used nevertheless, since somebody decided so. */
  readonly warning?: Failure;
}

const isWindows = process.platform === 'win32';
/** Without it, opening a pipe would wait for somebody to write to it. */
const flags = constants.O_RDONLY | (isWindows ? 0 : constants.O_NONBLOCK);
/** Read by the group or by everybody (POSIX). */
const readByOthers = 0o044;

/**
 * The token in a file, which is checked and read through one descriptor; links are followed, as containers mount secrets
 * behind them. Undefined when there is no such file. TOKEN_FILE_UNREADABLE with why; TOKEN_UNUSABLE: something else is in it.
 */
export async function readTokenFile(path: string): Promise<Result<FileToken | undefined>> {
  try {
    const file = await open(path, flags);
    try {
      return await tokenOf(file, path);
    } finally {
      await file.close();
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return reason === 'ENOENT' || reason === 'ENOTDIR'
      ? success(undefined)
      : failed('TOKEN_FILE_UNREADABLE', { path, reason });
  }
}

async function tokenOf(file: FileHandle, path: string): Promise<Result<FileToken>> {
  const status = await file.stat();
  if (!status.isFile()) return failed('TOKEN_FILE_UNREADABLE', { path, reason: 'not-a-file' });
  // A little more than a token, for white space around it.
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(longestToken + 1024), position: 0 });
  const token = bytesRead === buffer.length ? undefined : tokenIn(buffer.toString('utf8', 0, bytesRead));
  if (token === undefined) return failed('TOKEN_UNUSABLE', { reason: 'token-file', place: path });
  const isExposed = !isWindows && (status.mode & readByOthers) !== 0;
  return success({ token, ...(isExposed && { warning: failure('TOKEN_FILE_EXPOSED', { path }) }) });
}
