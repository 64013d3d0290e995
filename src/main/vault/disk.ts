import { constants } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder that is still there after a power cut: its name is an entry of the folder above, to be synced there.
 * @returns whether there was none
 */
export async function makeDurableFolder(disk: Disk, path: string): Promise<boolean> {
  const first = await disk.makeFolder(path);
  if (first === undefined) return false;
  for (let made = path; ; made = dirname(made)) {
    await disk.syncFolder(dirname(made));
    if (made === first || made === dirname(made)) return true;
  }
}

/** The file operations the vault is made of, each one small enough to fail or be recorded on its own in a test. */
export interface Disk {
  /**
   * Creates the folder and its parents, closed to other users.
   * @returns the first that had to be made; undefined if it was there
   */
  makeFolder(path: string): Promise<string | undefined>;
  /** Names of the regular files in a folder. */
  list(path: string): Promise<string[]>;
  read(path: string): Promise<Buffer>;
  /** A new file, readable by its owner only; fails if something of that name exists, a symbolic link included. */
  create(path: string): Promise<NewFile>;
  rename(from: string, to: string): Promise<void>;
  /** Succeeds if the file is already gone. */
  remove(path: string): Promise<void>;
  /** Makes renames and removals in the folder durable; does nothing on Windows, which has no such call. */
  syncFolder(path: string): Promise<void>;
}

export interface NewFile {
  write(bytes: Buffer): Promise<void>;
  /** Until this resolves, a crash of the machine may leave any part of the content. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export function nodeDisk(platform: NodeJS.Platform): Disk {
  return {
    async makeFolder(path) {
      const first = await mkdir(path, { recursive: true, mode: 0o700 });
      if (platform !== 'win32') await chmod(path, 0o700);
      return first;
    },
    async list(path) {
      const entries = await readdir(path, { withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    read: (path) => readFile(path),
    async create(path) {
      const file = await open(path, 'wx', 0o600);
      return {
        write: (bytes) => file.writeFile(bytes),
        sync: () => file.sync(),
        close: () => file.close(),
      };
    },
    rename,
    remove: (path) => rm(path, { force: true }),
    async syncFolder(path) {
      if (platform === 'win32') return;
      const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    },
  };
}
