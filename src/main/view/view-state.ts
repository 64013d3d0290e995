import type { AppView, Patch, RegistryView, Snapshot } from '../../contract/view-model';

/** What a view is made from: ordered ids, one row each, and the app as a whole; computed when asked, never stored elsewhere. */
export interface ViewModel {
  ids(): readonly string[];
  /** Undefined for an id that is gone. */
  row(id: string): RegistryView | undefined;
  app(): AppView;
}

/** What changed in the model since the last patch. */
export type Change =
  { readonly kind: 'row'; readonly id: string } | { readonly kind: 'app' } | { readonly kind: 'list' };

/** More rows than a screen shows: these are told first, so that the list is there while the rest is on its way. */
const firstRows = 50;
/** Rows of each further patch: few enough that requests of the page are answered in between. */
const rowsAtOnce = 1_000;

/**
 * Keeps what the renderer was last told, and tells it only what differs: one status change costs one row. Changes are
 * gathered until the running turn ends, so a burst becomes one numbered patch. Where thousands of rows differ, they are
 * told in pieces, in the order of the list: each patch is a list that is right as far as it goes, and what concerns the
 * app as a whole comes with the last one.
 */
export class ViewState {
  readonly #model: ViewModel;
  readonly #push: (patch: Patch) => void;
  readonly #changedRows = new Set<string>();
  #appChanged = false;
  #listChanged = false;
  #scheduled = false;
  #seq = 0;
  /** Every id of the model, also those that the renderer was not told yet. */
  #ids: readonly string[] = [];
  #order: readonly string[] = [];
  #rows = new Map<string, RegistryView>();
  #tellAsked = () => {};
  readonly #asked = new Promise<void>((resolve) => {
    this.#tellAsked = resolve;
  });

  constructor(model: ViewModel, push: (patch: Patch) => void) {
    this.#model = model;
    this.#push = push;
    this.#remember();
  }

  /** Resolves once the page has asked for a snapshot: it has its scripts by then and draws what needs no answer. */
  asked(): Promise<void> {
    return this.#asked;
  }

  /** Everything, as of the number it carries; patches that follow begin with the next one. */
  snapshot(): Snapshot {
    this.#tellAsked();
    this.#flush(Infinity);
    return {
      seq: this.#seq,
      app: this.#model.app(),
      registries: this.#order.flatMap((id) => this.#rows.get(id) ?? []),
    };
  }

  /** To be called after something changed; cheap, and safe to call too often. */
  changed(change: Change): void {
    if (change.kind === 'row') this.#changedRows.add(change.id);
    if (change.kind === 'app') this.#appChanged = true;
    if (change.kind === 'list') this.#listChanged = true;
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#flush();
    });
  }

  /** @param most rows to tell now, instead of what is right for their number; the others are told in the next turns */
  #flush(most?: number): void {
    this.#scheduled = false;
    const before = this.#order;
    const removed = this.#listChanged ? this.#takeList() : [];
    const changed = this.#takeRows(most ?? (this.#changedRows.size > rowsAtOnce ? firstRows : Infinity));
    const isWhole = this.#changedRows.size === 0;
    if (!isWhole) this.#continue();
    const order = this.#toldOrder();
    const reordered =
      order !== before && (order.length !== before.length || order.some((id, index) => id !== before[index]));
    const appChanged = this.#appChanged && isWhole;
    if (changed.length + removed.length === 0 && !reordered && !appChanged) return;

    if (appChanged) this.#appChanged = false;
    this.#order = order;
    this.#seq += 1;
    this.#push({
      seq: this.#seq,
      ...(appChanged && { app: this.#model.app() }),
      changed,
      removed,
      ...(reordered && { order }),
    });
  }

  /** Takes the model's list as it is now, with each of its rows to compare; returns the ids that are gone. */
  #takeList(): readonly string[] {
    this.#listChanged = false;
    this.#ids = this.#model.ids();
    const present = new Set(this.#ids);
    const removed = this.#order.filter((id) => !present.has(id));
    for (const id of removed) this.#rows.delete(id);
    for (const id of this.#ids) this.#changedRows.add(id);
    return removed;
  }

  /** Up to so many rows that differ from what was told, which they now are. */
  #takeRows(most: number): readonly RegistryView[] {
    const taken: RegistryView[] = [];
    for (const id of this.#changedRows) {
      if (taken.length === most) break;
      this.#changedRows.delete(id);
      const row = this.#differing(id);
      if (row === undefined) continue;
      this.#rows.set(id, row);
      taken.push(row);
    }
    return taken;
  }

  /** The ids that were told, in the order of the list; the list itself once all were. */
  #toldOrder(): readonly string[] {
    if (this.#order === this.#ids) return this.#ids;
    const told = this.#ids.filter((id) => this.#rows.has(id));
    return told.length === this.#ids.length ? this.#ids : told;
  }

  /** Lets what waits for this process have its turn, then goes on telling. */
  #continue(): void {
    this.#scheduled = true;
    setImmediate(() => {
      this.#flush(rowsAtOnce);
    });
  }

  #differing(id: string): RegistryView | undefined {
    const row = this.#model.row(id);
    return row === undefined || JSON.stringify(row) === JSON.stringify(this.#rows.get(id)) ? undefined : row;
  }

  #remember(): void {
    this.#order = this.#ids = this.#model.ids();
    this.#rows = new Map(
      this.#order.flatMap((id) => {
        const row = this.#model.row(id);
        return row === undefined ? [] : [[id, row] as const];
      }),
    );
  }
}
