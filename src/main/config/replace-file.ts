import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../base/clock';
import { failed, type Result, success } from '../base/failure';

/** Only its owner may read and write it; an existing file's stricter mode is kept. */
const widestMode = 0o600;

/** Virus scanners and editors hold files on Windows for a moment. */
const retryRenameForMs = 2000;
const retryRenameEveryMs = 50;

/** What a file is at a moment; equal only while nobody changed it. `undefined`: there is none. */
export async function fingerprint(path: string): Promise<string | undefined> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(':');
  } catch {
    return undefined;
  }
}

/**
 * Writes a file as a whole or not at all: beside it, flushed, then renamed over it. A link is kept, what it leads to is
 * replaced.
 * @param isCurrent asked last; with `false` nothing is written, and the answer is `false`
 */
export async function replaceFile(
  path: string,
  text: string,
  isCurrent: () => Promise<boolean>,
  clock: Clock,
): Promise<Result<boolean>> {
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFlushed(temporary, text, await modeFor(target));
    const isWritten = await isCurrent();
    if (isWritten) await renamePatiently(temporary, target, clock);
    else await rm(temporary);
    if (isWritten) await flushFolder(dirname(target));
    return success(isWritten);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return failed('CFG_NOT_WRITABLE', { reason: codeOf(error) });
  }
}

async function writeFlushed(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

const modeFor = (path: string): Promise<number> =>
  stat(path).then(
    ({ mode }) => mode & widestMode,
    () => widestMode,
  );

async function renamePatiently(from: string, to: string, clock: Clock): Promise<void> {
  const giveUpAt = clock.monotonic() + retryRenameForMs;
  for (;;) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const mayPass = ['EPERM', 'EBUSY', 'EACCES'].includes(codeOf(error)) && process.platform === 'win32';
      if (!mayPass || clock.monotonic() >= giveUpAt) throw error;
      await new Promise<void>((resolve) => clock.after(retryRenameEveryMs, resolve));
    }
  }
}

/** Makes the rename survive a power cut. Windows has no such thing, and does it by itself. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';
