import type { Clock } from '../base/clock';
import type { SessionEvent } from '../sessions';

/** Sessions at one provider end together: what ends within this time is told once. */
const gatherMs = 2_000;

interface Parts {
  readonly clock: Pick<Clock, 'after'>;
  /** Whether people want to be told outside the window. */
  readonly isWanted: () => boolean;
  /** Whether the window is in front of the person, where the list already says it. */
  readonly isWatched: () => boolean;
  /** Tells of the sessions of these registries, at least one. */
  readonly tell: (registryIds: readonly string[]) => void;
}

/** Tells a person who does not look at the window that a session ended: once for each end, and together what ends together. */
export class SessionNotices {
  readonly #parts: Parts;
  readonly #ended = new Set<string>();
  #cancel: (() => void) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  note(registryId: string, { type }: SessionEvent): void {
    // Found ended at a start is old news, told by the list.
    if (type === 'ended') this.#ended.add(registryId);
    else if (type === 'sign-in-succeeded' || type === 'signed-out') this.#ended.delete(registryId);
    if (this.#ended.size === 0) return;
    this.#cancel ??= this.#parts.clock.after(gatherMs, () => {
      this.#tell();
    });
  }

  close(): void {
    this.#cancel?.();
    this.#ended.clear();
  }

  #tell(): void {
    this.#cancel = undefined;
    const ended = [...this.#ended];
    this.#ended.clear();
    const { isWanted, isWatched, tell } = this.#parts;
    if (ended.length > 0 && isWanted() && !isWatched()) tell(ended);
  }
}
