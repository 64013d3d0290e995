import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckOutcome } from '../../../contract/self-test';
import { failure, type Result } from '../../base/failure';
import { Secret } from '../../base/secret';
import { fact, passed, refused, warned } from './check';

/** The operating system's keychain, as far as the check needs it. */
export interface ProbedKeychain {
  read(account: string): Promise<Result<Secret | undefined>>;
  write(account: string, secret: Secret): Promise<Result<void>>;
  remove(account: string): Promise<Result<boolean>>;
}

/** Writes an entry of its own, reads it back and deletes it again. */
export async function checkKeychain(keychain: ProbedKeychain): Promise<CheckOutcome> {
  const account = `self-test:${randomBytes(8).toString('hex')}`;
  const value = randomBytes(8).toString('hex');
  const written = await keychain.write(account, new Secret(value));
  if (!written.ok) return refused(written.failure, { tried: account });
  const back = await keychain.read(account);
  const removed = await keychain.remove(account);
  if (!back.ok) return refused(back.failure, { tried: account });
  if (!removed.ok) return refused(removed.failure, { tried: account });
  return back.value?.reveal() === value
    ? passed({ tried: account })
    : refused(failure('STORE_UNAVAILABLE'), { tried: account });
}

const littleSpace = 50 * 1024 * 1024;
/** Group and others (POSIX). */
const readableByOthers = 0o077;

/** Whether the profile can be written, durably and by this account alone, and whether there is room. */
export async function checkProfileFolder(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<CheckOutcome> {
  const tried = folder;
  try {
    await mkdir(folder, { recursive: true });
    await writeReadDelete(join(folder, `self-test-${randomBytes(4).toString('hex')}`));
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const { mode } = await stat(folder);
    const permissions = (mode & 0o777).toString(8).padStart(3, '0');
    const facts = [
      fact('free-space', `${Math.floor(free / 1024 / 1024)} MB`),
      ...(platform === 'win32' ? [] : [fact('permissions', permissions)]),
    ];
    if (free < littleSpace) return warned(failure('STORE_FULL'), { tried, facts });
    const isOpen = platform !== 'win32' && (mode & readableByOthers) !== 0;
    return isOpen
      ? warned(failure('CHECK_PROFILE_OPEN', { folder }), { tried, facts })
      : passed({ tried, facts });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const problem = failure(code === 'ENOSPC' || code === 'EDQUOT' ? 'STORE_FULL' : 'STORE_WRITE_FAILED');
    return refused(problem, { tried, facts: [fact('status', code)] });
  }
}

async function writeReadDelete(path: string): Promise<void> {
  const text = 'Gatepass self-test\n';
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if ((await readFile(path, 'utf8')) !== text) throw Object.assign(new Error(), { code: 'EIO' });
  } finally {
    await rm(path, { force: true });
  }
}
