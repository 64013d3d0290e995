import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure, type Failure } from '../../base/failure';
import { largestFile } from '../text-file';
import type { PolicyReading } from './policy-source';

/** The system's calls, passed in so that tests say what the system says. */
export interface FileSystem {
  open(path: string, flags: number): Promise<Pick<FileHandle, 'stat' | 'readFile' | 'close'>>;
  lstat(path: string): Promise<Status>;
}

type Status = Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink' | 'uid' | 'gid' | 'mode' | 'size'>;

export interface TrustRule {
  /** User ids that a policy and the folders it lies in may belong to. */
  readonly owners: readonly number[];
  /** Groups whose members administer the computer anyway, so that folders may be writable by them. */
  readonly adminGroups: readonly number[];
}

/**
 * Not through a link, and without waiting: opening a pipe would otherwise hang until somebody writes to it. Windows has
 * neither flag and no policy file.
 */
const openFlags =
  process.platform === 'win32'
    ? constants.O_RDONLY
    : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const groupWritable = 0o020;
const othersWritable = 0o002;
const sticky = 0o1000;

/**
 * Reads a file that only an administrator can have written.
 *
 * The threat is an ordinary user who plants or changes a policy: by owning the file, by writing to it, by a link to a
 * file of their own, or by renaming a folder above it. So the file is opened once, without following a link, and what is
 * checked and read is that one descriptor; and no folder on the way may be a link, belong to or be writable by ordinary
 * users. Folders are looked at by name: whoever could exchange one between two looks could also write to the one above
 * it, which the same look has ruled out. Access control lists are not seen; setting one takes an administrator.
 * @param path absolute
 */
export async function readTrustedFile(
  path: string,
  rule: TrustRule,
  files: FileSystem = { open, lstat },
): Promise<PolicyReading> {
  try {
    const file = await files.open(path, openFlags);
    try {
      const status = await file.stat();
      const fault = fileFault(status, rule) ?? (await folderFault(path, rule, files));
      if (fault !== undefined) return { kind: 'untrusted', failure: fault };
      if (status.size > largestFile) return { kind: 'unreadable', failure: failure('CFG_TOO_LARGE') };
      const content = await file.readFile();
      return content.length > largestFile
        ? { kind: 'unreadable', failure: failure('CFG_TOO_LARGE') }
        : { kind: 'read', content };
    } finally {
      await file.close();
    }
  } catch (error) {
    return readingOf((error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}

/** ELOOP, and EMLINK on BSD, is what O_NOFOLLOW says of a link; ENXIO what opening a socket says. */
function readingOf(code: string): PolicyReading {
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
  if (code === 'ELOOP' || code === 'EMLINK') return { kind: 'untrusted', failure: untrusted('link') };
  if (code === 'ENXIO') return { kind: 'untrusted', failure: untrusted('not-a-file') };
  return { kind: 'unreadable', failure: failure('CFG_UNREADABLE', { reason: code }) };
}

function fileFault(status: Status, { owners }: TrustRule): Failure | undefined {
  if (!status.isFile()) return untrusted('not-a-file');
  if (!owners.includes(status.uid)) return untrusted('owner');
  return (status.mode & (groupWritable | othersWritable)) === 0 ? undefined : untrusted('writable');
}

/** From the top down, so that each folder is vouched for by the one above it. */
async function folderFault(path: string, rule: TrustRule, files: FileSystem): Promise<Failure | undefined> {
  const parent = dirname(path);
  if (parent === path) return undefined;
  const above = await folderFault(parent, rule, files);
  if (above !== undefined) return above;
  const status = await files.lstat(parent);
  if (!status.isDirectory()) return untrusted('folder-link', parent);
  if (!rule.owners.includes(status.uid)) return untrusted('folder-owner', parent);
  return isFolderClosed(status, rule) ? undefined : untrusted('folder-writable', parent);
}

/** In a sticky folder such as /tmp nobody can rename or remove what belongs to somebody else. */
function isFolderClosed({ mode, gid }: Status, { adminGroups }: TrustRule): boolean {
  if ((mode & sticky) !== 0) return true;
  if ((mode & othersWritable) !== 0) return false;
  return (mode & groupWritable) === 0 || adminGroups.includes(gid);
}

const untrusted = (reason: string, folder?: string): Failure =>
  failure('CFG_POLICY_UNTRUSTED', { reason, ...(folder !== undefined && { folder }) });
