import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Clock } from '../base/clock';

/**
 * How often the file is looked at beside the system's notices. Often where they cannot be trusted: nothing can be watched,
 * or a change came to light without one (network shares and links to files elsewhere send none). Milliseconds.
 */
const seldomMs = 60_000;
const oftenMs = 5_000;

/**
 * Calls back when a file may have changed, appeared or gone. Watches its folder, because editors replace files by
 * renaming, which ends a watch of the file itself; folder and file need not exist yet.
 */
export function watchFile(path: string, changed: () => void, clock: Clock): () => void {
  const watcher = new PathWatcher(path, changed, clock);
  watcher.start();
  return () => {
    watcher.stop();
  };
}

/** The folder that is watched, and the name in it that matters: the file's, or that of a folder on the way to it. */
interface Aim {
  readonly folder: string;
  readonly name: string;
  /** Another folder may take its place under the same name. */
  readonly identity: string;
}

class PathWatcher {
  readonly #path: string;
  readonly #changed: () => void;
  readonly #clock: Clock;
  #watcher: FSWatcher | undefined;
  #aim: Aim | undefined;
  #seen: string | undefined;
  #wasNoticed = false;
  #missesNotices = false;
  #looking: Promise<void> = Promise.resolve();
  /** What is noticed during a look is looked at once, after it. */
  #waiting: Promise<void> | undefined;
  #cancel = () => {};
  #stopped = false;

  constructor(path: string, changed: () => void, clock: Clock) {
    this.#path = path;
    this.#changed = changed;
    this.#clock = clock;
  }

  /** Watches at once: what changes from now on was perhaps not in what is read now. */
  start(): void {
    if (!this.#watch(dirname(this.#path), basename(this.#path))) {
      this.#seen = '';
      this.#wasNoticed = true;
    }
    void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
    this.#watcher?.close();
  }

  #look(): Promise<void> {
    this.#waiting ??= this.#looking.then(() => {
      this.#waiting = undefined;
      this.#looking = this.#lookNow();
      return this.#looking;
    });
    return this.#waiting;
  }

  /** Watches what can be watched now, and tells of a change since the last look. */
  async #lookNow(): Promise<void> {
    this.#cancel();
    const wasNoticed = this.#wasNoticed;
    this.#wasNoticed = false;
    await this.#takeAim();
    const file = this.#isBesideFile() ? await fingerprintOf(this.#path) : '';
    if (this.#stopped) return;
    if (this.#seen !== undefined && this.#seen !== file) {
      this.#missesNotices ||= !wasNoticed && !this.#wasNoticed;
      this.#changed();
    }
    this.#seen = file;
    const isTrusted = this.#watcher !== undefined && !this.#missesNotices;
    this.#cancel = this.#clock.after(isTrusted ? seldomMs : oftenMs, () => void this.#look());
  }

  /** Looks again once it watches: what appeared just before gave no notice. */
  async #takeAim(): Promise<void> {
    for (;;) {
      const aim = await nearestFolder(this.#path);
      const isTaken = this.#watcher !== undefined && isSame(aim, this.#aim);
      if (this.#stopped || isTaken) return;
      this.#aim = aim;
      if (!this.#watch(aim.folder, aim.name)) return;
    }
  }

  #watch(folder: string, name: string): boolean {
    const before = this.#watcher;
    this.#watcher = this.#isWorthWatching(folder) ? this.#startWatching(folder, name) : undefined;
    // Not before the new one is there: no notice is lost in between.
    before?.close();
    return this.#watcher !== undefined;
  }

  #startWatching(folder: string, name: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, changedName) => {
        // Some systems do not say which file it was.
        if (changedName === null || isSameName(changedName, name)) this.#notice();
        // Of the folder itself they tell under its own name: this watch may be of one that is gone.
        else if (isSameName(changedName, basename(folder))) this.#lose(watcher);
      });
      watcher.on('error', () => {
        this.#lose(watcher);
      });
      return watcher;
    } catch {
      // No watches left, or no such folder any more: polling finds what happens.
      return undefined;
    }
  }

  /** macOS tells of everything below a folder: of one on the way, that is more than it is worth. */
  #isWorthWatching(folder: string): boolean {
    return process.platform !== 'darwin' || folder === dirname(this.#path);
  }

  #lose(watcher: FSWatcher): void {
    watcher.close();
    if (this.#watcher !== watcher) return;
    this.#watcher = undefined;
    this.#notice();
  }

  #notice(): void {
    if (this.#stopped) return;
    this.#wasNoticed = true;
    if (this.#isBesideFile()) this.#changed();
    void this.#look();
  }

  #isBesideFile(): boolean {
    return this.#aim === undefined || this.#aim.folder === dirname(this.#path);
  }
}

/** The folder of the file, or, while there is none, the last one on the way to it. */
async function nearestFolder(path: string): Promise<Aim> {
  const folder = dirname(path);
  const identity = await identityOf(folder);
  if (identity !== '' || folder === dirname(folder)) return { folder, name: basename(path), identity };
  return nearestFolder(folder);
}

const isSame = (one: Aim, other: Aim | undefined): boolean =>
  one.folder === other?.folder && one.identity === other.identity;
const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const identityOf = (folder: string): Promise<string> =>
  stat(folder).then(
    (found) => (found.isDirectory() ? `${found.dev}:${found.ino}` : ''),
    () => '',
  );

const fingerprintOf = (file: string): Promise<string> =>
  stat(file).then(
    ({ dev, ino, size, mtimeMs, ctimeMs }) => [dev, ino, size, mtimeMs, ctimeMs].join(':'),
    () => '',
  );
