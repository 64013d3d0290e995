import fs from 'node:fs';
import path from 'node:path';

/** What a second instance tells the first. */
export interface SecondInstance {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

const LOCK = 'SingletonLock.json';
const TAKEOVER = 'SingletonTakeover';
/** A takeover takes microseconds; a folder this old was left by a process killed in the middle of one. */
const STALE_TAKEOVER_MS = 2000;
const MAXIMUM_ATTEMPTS = 400;

interface Owner {
  readonly pid: number;
  /** When the process began, in the kernel's ticks: a number reused by another process has another one. */
  readonly started: string;
}

function startOf(pid: number): string | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field may hold spaces and parentheses; counting starts after its end.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

const isAlive = ({ pid, started }: Owner): boolean => startOf(pid) === started;

const pause = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

function attempt(action: () => void): 'done' | 'exists' {
  try {
    action();
    return 'done';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return 'exists';
    throw error;
  }
}

/**
 * One first instance per folder. The lock is a hard link to a complete file, so it is taken in one step and never
 * seen half written; a lock whose owner died is removed under a second lock, so that two late-comers cannot each
 * remove the other's. Second instances leave their command line in an inbox that the owner watches.
 */
export class SingleInstance {
  private readonly folder: string;
  private readonly me: Owner = { pid: process.pid, started: startOf(process.pid) ?? '' };
  private watcher: fs.FSWatcher | undefined;
  private owned = false;

  constructor(folder: string) {
    this.folder = folder;
  }

  get isOwner(): boolean {
    return this.owned;
  }

  /** True when this process is the first; otherwise the first is told. Synchronous, as Electron's is. */
  acquire(message: SecondInstance, onSecond: (second: SecondInstance) => void): boolean {
    if (this.owned) return true;
    fs.mkdirSync(this.folder, { recursive: true });
    // The inbox is there and watched before the lock can be seen, so that no message falls between.
    this.openInbox(onSecond);
    for (let i = 0; i < MAXIMUM_ATTEMPTS; i += 1) {
      if (this.tryLock()) {
        this.owned = true;
        return true;
      }
      const owner = this.readLock();
      if (owner && isAlive(owner)) {
        this.closeInbox();
        this.tell(owner, message);
        return false;
      }
      if (owner) this.removeStale();
    }
    this.closeInbox();
    throw new Error(`[electron stand-in] the single-instance lock in ${this.folder} cannot be taken`);
  }

  release(): void {
    if (!this.owned) return;
    this.owned = false;
    this.closeInbox();
    fs.rmSync(path.join(this.folder, LOCK), { force: true });
  }

  private tryLock(): boolean {
    const draft = path.join(this.folder, `${LOCK}.${this.me.pid}`);
    fs.writeFileSync(draft, JSON.stringify(this.me));
    const outcome = attempt(() => {
      fs.linkSync(draft, path.join(this.folder, LOCK));
    });
    fs.rmSync(draft, { force: true });
    return outcome === 'done';
  }

  private readLock(): Owner | undefined {
    try {
      return JSON.parse(fs.readFileSync(path.join(this.folder, LOCK), 'utf8')) as Owner;
    } catch {
      // Released in between; the next attempt takes it.
      return undefined;
    }
  }

  private removeStale(): void {
    const takeover = path.join(this.folder, TAKEOVER);
    if (
      attempt(() => {
        fs.mkdirSync(takeover);
      }) === 'exists'
    ) {
      pause(5);
      const made = fs.statSync(takeover, { throwIfNoEntry: false })?.mtimeMs;
      if (made !== undefined && Date.now() - made > STALE_TAKEOVER_MS)
        fs.rmSync(takeover, { recursive: true, force: true });
      return;
    }
    const owner = this.readLock();
    if (owner && !isAlive(owner)) {
      fs.rmSync(this.inboxOf(owner), { recursive: true, force: true });
      fs.rmSync(path.join(this.folder, LOCK), { force: true });
    }
    fs.rmSync(takeover, { recursive: true, force: true });
  }

  private inboxOf({ pid, started }: Owner): string {
    return path.join(this.folder, `SingletonInbox-${pid}-${started}`);
  }

  private openInbox(onSecond: (second: SecondInstance) => void): void {
    const inbox = this.inboxOf(this.me);
    fs.mkdirSync(inbox, { recursive: true });
    this.watcher = fs.watch(inbox, { persistent: false }, () => {
      for (const name of fs
        .readdirSync(inbox)
        .filter((entry) => entry.endsWith('.json'))
        .sort()) {
        const file = path.join(inbox, name);
        const second = JSON.parse(fs.readFileSync(file, 'utf8')) as SecondInstance;
        fs.rmSync(file, { force: true });
        onSecond(second);
      }
    });
  }

  private closeInbox(): void {
    this.watcher?.close();
    this.watcher = undefined;
    fs.rmSync(this.inboxOf(this.me), { recursive: true, force: true });
  }

  private tell(owner: Owner, message: SecondInstance): void {
    const draft = path.join(this.inboxOf(owner), `${process.hrtime.bigint()}-${this.me.pid}`);
    fs.writeFileSync(draft, JSON.stringify(message));
    fs.renameSync(draft, `${draft}.json`);
  }
}
