import { basename, dirname } from 'node:path';
import type { Disk } from '../disk';

/** Which changes of folders that nothing has synced yet reach the disk before the power is gone. */
export const cutModes = ['none', 'all', 'only what is new', 'only what is gone'] as const;
export type CutMode = (typeof cutModes)[number];

interface FileNode {
  content: Buffer;
  synced: Buffer;
}
type Entry = FileNode | 'folder';

/** One change of a folder's entries; a move between folders is one change of the folder it goes to. */
interface FolderChange {
  readonly folder: string;
  readonly kind: 'new' | 'gone' | 'replaced';
  readonly apply: (entries: Entries) => void;
  isSynced: boolean;
}
type Entries = Map<string, Entry>;

/**
 * A disk as POSIX promises it and no better: what was written is lost in a power cut unless the file was synced, and a
 * new name, a rename or a removal unless the folder was. Only that a rename is whole or not at all is relied on.
 */
export class PowerCutDisk implements Disk {
  /** Every sync there was; those whose number is in here do nothing, as if the code did not have them. */
  readonly ignoredSyncs = new Set<number>();
  /** Called before each operation that changes something. */
  onChange: () => void = () => undefined;
  syncs = 0;
  readonly #before: Entries;
  readonly #now: Entries;
  readonly #changes: FolderChange[] = [];

  constructor(entries: Entries) {
    this.#before = entries;
    this.#now = new Map(entries);
  }

  /** An empty disk with one folder. */
  static with(folder: string): PowerCutDisk {
    return new PowerCutDisk(new Map<string, Entry>([[folder, 'folder']]));
  }

  /** What a start finds after the power was cut now. */
  cut(mode: CutMode): PowerCutDisk {
    const entries = new Map(this.#before);
    for (const { kind, isSynced, apply } of this.#changes)
      if (isSynced || reaches(kind, mode)) apply(entries);
    const left: Entries = new Map();
    for (const [path, entry] of entries)
      if (entry === 'folder') left.set(path, entry);
      else left.set(path, { content: entry.synced, synced: entry.synced });
    return new PowerCutDisk(new Map([...left].filter(([path]) => isReachable(left, path))));
  }

  /** What is left where somebody deleted a folder; as a disk that has been written whole. */
  without(folder: string): PowerCutDisk {
    const entries = [...this.cut('all').#now];
    return new PowerCutDisk(new Map(entries.filter(([path]) => !path.startsWith(folder))));
  }

  /** Changes a file behind everybody's back, durably. */
  tamper(path: string, change: (content: Buffer) => Buffer): void {
    const file = this.#file(path);
    file.content = file.synced = change(file.content);
  }

  has(path: string): boolean {
    return this.#now.has(path);
  }

  makeFolder(path: string): Promise<string | undefined> {
    if (this.#now.has(path)) return Promise.resolve(undefined);
    const above = dirname(path);
    return this.makeFolder(above).then((first) => {
      this.#change(above, 'new', (entries) => entries.set(path, 'folder'));
      return first ?? path;
    });
  }

  list(path: string): Promise<string[]> {
    const names = [...this.#now].flatMap(([at, entry]) =>
      entry !== 'folder' && dirname(at) === path ? [basename(at)] : [],
    );
    return this.#now.has(path) ? Promise.resolve(names) : Promise.reject(missing());
  }

  async read(path: string): Promise<Buffer> {
    await Promise.resolve();
    return this.#file(path).content;
  }

  async create(path: string) {
    await Promise.resolve();
    if (!this.#now.has(dirname(path))) throw missing();
    const node: FileNode = { content: Buffer.alloc(0), synced: Buffer.alloc(0) };
    this.#change(dirname(path), 'new', (entries) => entries.set(path, node));
    return {
      write: (bytes: Buffer) => {
        node.content = bytes;
        return Promise.resolve();
      },
      sync: () => {
        this.#sync(() => (node.synced = node.content));
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
  }

  async rename(from: string, to: string): Promise<void> {
    await Promise.resolve();
    const node = this.#file(from);
    this.#change(dirname(to), 'replaced', (entries) => {
      entries.delete(from);
      entries.set(to, node);
    });
  }

  async remove(path: string): Promise<void> {
    await Promise.resolve();
    this.#change(dirname(path), 'gone', (entries) => entries.delete(path));
  }

  async syncFolder(path: string): Promise<void> {
    await Promise.resolve();
    if (!this.#now.has(path)) throw missing();
    this.#sync(() => {
      for (const change of this.#changes) if (change.folder === path) change.isSynced = true;
    });
  }

  #sync(act: () => void): void {
    this.onChange();
    if (!this.ignoredSyncs.has(this.syncs++)) act();
  }

  #change(folder: string, kind: FolderChange['kind'], apply: FolderChange['apply']): void {
    this.onChange();
    this.#changes.push({ folder, kind, apply, isSynced: false });
    apply(this.#now);
  }

  #file(path: string): FileNode {
    const entry = this.#now.get(path);
    if (entry === undefined || entry === 'folder') throw missing();
    return entry;
  }
}

function reaches(kind: FolderChange['kind'], mode: CutMode): boolean {
  if (mode === 'none' || mode === 'all') return mode === 'all';
  return kind === 'replaced' || (kind === 'new') === (mode === 'only what is new');
}

/** A file in a folder whose own name is lost is lost too. */
function isReachable(entries: Entries, path: string): boolean {
  const above = dirname(path);
  return above === '/' || above === path || (entries.has(above) && isReachable(entries, above));
}

const missing = () => Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
