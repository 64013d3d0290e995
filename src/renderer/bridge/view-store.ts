import type { AppView, Patch, RegistryView, Snapshot } from '../../contract/view-model';
import { Listeners } from './listeners';

/** Where the view comes from: the whole on request, and every difference since. */
export interface ViewSource {
  readView(): Promise<Snapshot>;
  /** Calls back for each patch; returns the function that stops it. */
  onPatch(listener: (patch: Patch) => void): () => void;
}

/** Told about one registry that changed, appeared (`before` absent) or went away (`after` absent). */
export type RegistryChangeListener = (
  before: RegistryView | undefined,
  after: RegistryView | undefined,
) => void;

const nothingYet: AppView = {
  loaded: false,
  configurationFile: '',
  configurationProblems: [],
  mayAddRegistries: false,
  gateway: { kind: 'off' },
  keychain: { kind: 'nothing-to-say' },
  settings: [],
  version: '',
};

/** Milliseconds until a failed read is tried again. */
const retryAfter = 1000;

/**
 * The renderer's copy of the view: a snapshot, kept current by numbered patches. Patches are collected while a snapshot
 * is on its way, since the two may arrive in either order; a missing number asks for a new snapshot. Objects that did not
 * change keep their identity, so that only rows with news are drawn again.
 */
export class ViewStore {
  readonly #source: ViewSource;
  /** Number of the last patch that is in the view; absent while a snapshot is being read. */
  #seq: number | undefined;
  #waiting: Patch[] = [];
  #app: AppView = nothingYet;
  #order: readonly string[] = [];
  #registries = new Map<string, RegistryView>();
  #hasSnapshot = false;
  #revision = 0;
  readonly #anyChange = new Listeners<[]>();
  readonly #rows = new Map<string, Listeners<[]>>();
  readonly #registryChanges = new Listeners<Parameters<RegistryChangeListener>>();

  constructor(source: ViewSource) {
    this.#source = source;
  }

  /** Starts listening, then reads the first snapshot. Returns the function that stops listening. */
  connect(): () => void {
    const stop = this.#source.onPatch((patch) => {
      this.#receive(patch);
    });
    void this.#read();
    return stop;
  }

  /** Grows with every change: what was computed from the view is true for as long as this stays. */
  readonly revision = (): number => this.#revision;
  readonly app = (): AppView => this.#app;
  readonly order = (): readonly string[] => this.#order;
  readonly registry = (id: string): RegistryView | undefined => this.#registries.get(id);

  /** Calls back after every change, once per patch or snapshot. */
  readonly subscribe = (listener: () => void): (() => void) => this.#anyChange.add(listener);

  /** Calls back when this registry changed, and only then. */
  subscribeRegistry(id: string, listener: () => void): () => void {
    const listeners = this.#rows.get(id) ?? new Listeners<[]>();
    this.#rows.set(id, listeners);
    return listeners.add(listener);
  }

  /** Calls back for each registry that changed after the first snapshot. */
  onRegistryChange(listener: RegistryChangeListener): () => void {
    return this.#registryChanges.add(listener);
  }

  #receive(patch: Patch): void {
    if (this.#seq === undefined) this.#waiting.push(patch);
    else if (patch.seq === this.#seq + 1) this.#apply(patch);
    else if (patch.seq > this.#seq) {
      this.#seq = undefined;
      this.#waiting = [patch];
      void this.#read();
    }
  }

  async #read(): Promise<void> {
    let snapshot: Snapshot;
    try {
      snapshot = await this.#source.readView();
    } catch {
      // Main is starting or busy; the page goes on showing what it has.
      setTimeout(() => void this.#read(), retryAfter);
      return;
    }
    this.#replace(snapshot);
    const waiting = this.#waiting.sort((a, b) => a.seq - b.seq);
    this.#waiting = [];
    for (const patch of waiting) this.#receive(patch);
  }

  #replace({ seq, app, registries }: Snapshot): void {
    const present = new Set(registries.map(({ id }) => id));
    const removed = this.#order.filter((id) => !present.has(id));
    this.#update(seq, app, registries, removed, [...present]);
    this.#hasSnapshot = true;
  }

  #apply({ seq, app, changed, removed, order }: Patch): void {
    this.#update(seq, app ?? this.#app, changed, removed, order);
  }

  #update(
    seq: number,
    app: AppView,
    changed: readonly RegistryView[],
    removed: readonly string[],
    order: readonly string[] | undefined,
  ): void {
    this.#seq = seq;
    this.#revision += 1;
    if (!equal(app, this.#app)) this.#app = app;
    const changes: Parameters<RegistryChangeListener>[] = [];
    for (const id of removed) {
      changes.push([this.#registries.get(id), undefined]);
      this.#registries.delete(id);
    }
    for (const after of changed) {
      const before = this.#registries.get(after.id);
      if (equal(before, after)) continue;
      changes.push([before, after]);
      this.#registries.set(after.id, after);
    }
    if (order !== undefined || this.#registries.size !== this.#order.length)
      this.#reorder(order ?? this.#order);
    this.#tell(changes);
  }

  /** Takes the new order, without ids that are gone, and with ids it forgot at its end. */
  #reorder(wanted: readonly string[]): void {
    const complete = new Set([...wanted, ...this.#registries.keys()]);
    const order = [...complete].filter((id) => this.#registries.has(id));
    if (!equal(order, this.#order)) this.#order = order;
  }

  #tell(changes: readonly Parameters<RegistryChangeListener>[]): void {
    for (const [before, after] of changes) {
      this.#rows.get((after ?? before)?.id ?? '')?.tell();
      if (this.#hasSnapshot) this.#registryChanges.tell(before, after);
    }
    this.#anyChange.tell();
  }
}

/** View values are plain data that came through IPC, so their text says everything about them. */
const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
