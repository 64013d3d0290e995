import type { EventName, EventPayload, Outcome } from '../../contract/bridge';
import type { Pipe } from '../../contract/pipe';
import type { AppView, Patch, RegistryView, Snapshot } from '../../contract/view-model';
import { aSnapshot } from './views';

/** A command as it came through the pipe. */
export interface Sent {
  readonly command: string;
  readonly input: unknown;
}

/** Main as the page sees it: answers `readView`, pushes patches when told to, accepts and remembers every command. */
export class FakeMain implements Pipe {
  readonly sent: Sent[] = [];
  snapshot: Snapshot;
  /** How commands other than `readView` are answered; a test may refuse or throw. */
  answer: (command: string, input: unknown) => Promise<unknown> = () =>
    Promise.resolve({ ok: true } satisfies Outcome);
  readonly #listeners = new Map<string, Set<(payload: unknown) => void>>();

  constructor(registries: readonly RegistryView[] = [], app?: AppView) {
    this.snapshot = aSnapshot(registries, app);
  }

  invoke(command: string, input: unknown): Promise<unknown> {
    if (command === 'readView') return Promise.resolve(this.snapshot);
    this.sent.push({ command, input });
    return this.answer(command, input);
  }

  subscribe(event: string, listener: (payload: unknown) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  /** Pushes an event of the contract. */
  tell<K extends EventName>(event: K, payload: EventPayload<K>): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload);
  }

  /** Pushes a patch as it is, whatever its number. */
  push(patch: Patch): void {
    this.tell('viewPatch', patch);
  }

  /** Changes registries as main does: in the snapshot, and told by the next patch. */
  change(...changed: readonly RegistryView[]): void {
    const now = new Map(this.snapshot.registries.map((registry) => [registry.id, registry]));
    for (const registry of changed) now.set(registry.id, registry);
    this.snapshot = { ...this.snapshot, seq: this.snapshot.seq + 1, registries: [...now.values()] };
    this.push({ seq: this.snapshot.seq, changed, removed: [], order: [...now.keys()] });
  }

  remove(...removed: readonly string[]): void {
    const registries = this.snapshot.registries.filter(({ id }) => !removed.includes(id));
    this.snapshot = { ...this.snapshot, seq: this.snapshot.seq + 1, registries };
    this.push({ seq: this.snapshot.seq, changed: [], removed, order: registries.map(({ id }) => id) });
  }

  changeApp(app: AppView): void {
    this.snapshot = { ...this.snapshot, seq: this.snapshot.seq + 1, app };
    this.push({ seq: this.snapshot.seq, app, changed: [], removed: [] });
  }
}
