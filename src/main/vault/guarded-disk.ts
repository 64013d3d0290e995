import type { Disk } from './disk';
import { notHolder } from './store-failure';

/**
 * A disk that changes nothing for a process which does not hold the profile: another one may have replaced any file
 * since. Asked at every step, so that a write which began before the lock was lost does not take its name after.
 * @param isHolder rejects if that cannot be told now
 */
export function guardedDisk(disk: Disk, isHolder: () => Promise<boolean>): Disk {
  const asHolder = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!(await isHolder())) throw notHolder();
    return work();
  };
  return {
    list: (path) => disk.list(path),
    read: (path) => disk.read(path),
    syncFolder: (path) => disk.syncFolder(path),
    makeFolder: (path) => asHolder(() => disk.makeFolder(path)),
    create: (path) => asHolder(() => disk.create(path)),
    rename: (from, to) => asHolder(() => disk.rename(from, to)),
    remove: (path) => asHolder(() => disk.remove(path)),
  };
}
