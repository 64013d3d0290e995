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

/**
 * Keeps what the renderer was last told, and tells it only what differs: one status change costs one row. Changes are
 * gathered until the running turn ends, so a burst becomes one numbered patch.
 */
export class ViewState {
  readonly #model: ViewModel;
  readonly #push: (patch: Patch) => void;
  readonly #changedRows = new Set<string>();
  #appChanged = false;
  #listChanged = false;
  #scheduled = false;
  #seq = 0;
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
    this.#flush();
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

  #flush(): void {
    this.#scheduled = false;
    const before = this.#order;
    const ids = this.#listChanged ? this.#model.ids() : before;
    const candidates = this.#listChanged ? ids : [...this.#changedRows];
    const changed = candidates.flatMap((id) => this.#differing(id) ?? []);
    const present = new Set(ids);
    const removed = this.#listChanged ? before.filter((id) => !present.has(id)) : [];
    const reordered = ids.length !== before.length || ids.some((id, index) => id !== before[index]);
    const appChanged = this.#appChanged;
    this.#changedRows.clear();
    this.#appChanged = this.#listChanged = false;
    if (changed.length + removed.length === 0 && !reordered && !appChanged) return;

    for (const row of changed) this.#rows.set(row.id, row);
    for (const id of removed) this.#rows.delete(id);
    this.#order = ids;
    this.#seq += 1;
    this.#push({
      seq: this.#seq,
      ...(appChanged && { app: this.#model.app() }),
      changed,
      removed,
      ...(reordered && { order: ids }),
    });
  }

  #differing(id: string): RegistryView | undefined {
    const row = this.#model.row(id);
    return row === undefined || JSON.stringify(row) === JSON.stringify(this.#rows.get(id)) ? undefined : row;
  }

  #remember(): void {
    this.#order = this.#model.ids();
    this.#rows = new Map(
      this.#order.flatMap((id) => {
        const row = this.#model.row(id);
        return row === undefined ? [] : [[id, row] as const];
      }),
    );
  }
}
