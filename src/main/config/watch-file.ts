import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Clock } from '../base/clock';

/** How often the file is looked at beside the system's notices, which some file systems (network shares) do not send. */
const pollEveryMs = 5000;

/**
 * Calls back when a file may have changed, appeared or gone. Watches its folder, because editors replace files by
 * renaming, which ends a watch of the file itself; folder and file need not exist yet.
 */
export function watchFile(path: string, changed: () => void, clock: Clock): () => void {
  const watcher = new FolderWatcher(path, changed, clock);
  watcher.start();
  return () => {
    watcher.stop();
  };
}

class FolderWatcher {
  readonly #path: string;
  readonly #changed: () => void;
  readonly #clock: Clock;
  #watcher: FSWatcher | undefined;
  /** The folder that is watched; another one may take its place under the same name. */
  #folder = '';
  #seen: string | undefined;
  #cancel = () => {};
  #stopped = false;

  constructor(path: string, changed: () => void, clock: Clock) {
    this.#path = path;
    this.#changed = changed;
    this.#clock = clock;
  }

  start(): void {
    this.#watchFolder();
    void this.#poll();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
    this.#watcher?.close();
  }

  async #poll(): Promise<void> {
    const folder = await identityOf(dirname(this.#path));
    const file = await fingerprintOf(this.#path);
    if (this.#stopped) return;
    if (folder !== this.#folder) {
      this.#folder = folder;
      this.#watchFolder();
    }
    if (this.#seen !== undefined && this.#seen !== file) this.#changed();
    this.#seen = file;
    this.#cancel = this.#clock.after(pollEveryMs, () => void this.#poll());
  }

  #watchFolder(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    const name = basename(this.#path);
    try {
      this.#watcher = watch(dirname(this.#path), { persistent: false }, (_event, changedName) => {
        // Some systems do not say which file it was.
        if (changedName === null || changedName.toLowerCase() === name.toLowerCase()) this.#changed();
      });
      // A folder that is removed ends its watch; polling finds the one that replaces it.
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      // No such folder yet, or no watches left: polling finds it.
    }
  }
}

const identityOf = (folder: string): Promise<string> =>
  stat(folder).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => '',
  );

const fingerprintOf = (file: string): Promise<string> =>
  stat(file).then(
    ({ dev, ino, size, mtimeMs, ctimeMs }) => [dev, ino, size, mtimeMs, ctimeMs].join(':'),
    () => '',
  );
