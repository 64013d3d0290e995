import { basename } from 'node:path';
import { type Disk, type NewFile, nodeDisk } from '../disk';

/** One file operation, as a test sees it. `name` is the last part of the path, random parts of it replaced by `*`. */
export interface DiskOperation {
  readonly kind:
    | 'makeFolder'
    | 'list'
    | 'read'
    | 'create'
    | 'write'
    | 'sync'
    | 'close'
    | 'rename'
    | 'remove'
    | 'syncFolder';
  readonly name: string;
}

/** The real disk, with every operation recorded and any of them made to fail. */
export interface FaultyDisk extends Disk {
  readonly operations: DiskOperation[];
  /** Decides before each operation; a returned error code such as `ENOSPC` is thrown instead of doing it. */
  fault: (operation: DiskOperation) => string | undefined;
  /** Awaited before each operation; lets a test hold one back. */
  before: (operation: DiskOperation) => Promise<void> | void;
}

export function faultyDisk(): FaultyDisk {
  const disk = nodeDisk('linux');
  const faulty: FaultyDisk = {
    operations: [],
    fault: () => undefined,
    before: () => undefined,
    makeFolder: (path) => act('makeFolder', path, () => disk.makeFolder(path)),
    list: (path) => act('list', path, () => disk.list(path)),
    read: (path) => act('read', path, () => disk.read(path)),
    create: (path) => act('create', path, async () => faultyFile(path, await disk.create(path))),
    rename: (from, to) => act('rename', to, () => disk.rename(from, to)),
    remove: (path) => act('remove', path, () => disk.remove(path)),
    syncFolder: (path) => act('syncFolder', path, () => disk.syncFolder(path)),
  };
  const faultyFile = (path: string, file: NewFile): NewFile => ({
    write: (bytes) => act('write', path, () => file.write(bytes)),
    sync: () => act('sync', path, () => file.sync()),
    // Closed also where the test wants an error, or the descriptor would leak.
    close: async () => {
      await file.close();
      await act('close', path, () => Promise.resolve());
    },
  });
  async function act<T>(kind: DiskOperation['kind'], path: string, work: () => Promise<T>): Promise<T> {
    const operation = { kind, name: basename(path).replace(/[0-9a-f]{16,}/g, '*') };
    await faulty.before(operation);
    faulty.operations.push(operation);
    const code = faulty.fault(operation);
    if (code !== undefined) throw Object.assign(new Error(code), { code });
    return work();
  }
  return faulty;
}

/** Operations that change something: what fails on a disk that is full, read-only or denied. */
export function isWrite({ kind }: DiskOperation): boolean {
  return !['list', 'read', 'close'].includes(kind);
}
