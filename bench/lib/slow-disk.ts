import { type Disk, nodeDisk } from '../../src/main/vault/disk';

/**
 * The vault's disk, but each durable write ends so much later, as if somebody had left a `sleep` in it: to see that the
 * bench would show it. The app has no such thing.
 */
export function slowDisk(milliseconds: number): Disk {
  const disk = nodeDisk(process.platform);
  return {
    ...disk,
    async syncFolder(path) {
      await disk.syncFolder(path);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    },
  };
}
