import { isDeepStrictEqual } from 'node:util';
import type { ConfigurationProblem } from '../../contract/view-model';
import type { Cancel, Clock } from '../base/clock';
import { effectiveConfiguration } from './effective';
import type { ConfigSource, Layer, Reading } from './layer';
import type { Effective } from './registry';

/** One save is several notices; editors need some time from the first to the last. */
const debounceMs = 150;

/** What a source last said, and what is wrong with what it says now. */
interface Held {
  readonly source: ConfigSource;
  layers: readonly Layer[];
  problems: readonly ConfigurationProblem[];
  stopWatching?: () => void;
  cancelDebounce?: Cancel;
  /** The reading in progress; a change that comes meanwhile is read after it. */
  reading?: Promise<void>;
}

/**
 * The configuration as it is in force now: reads every source, follows their changes, and keeps what a source last said
 * when it breaks while the app runs.
 */
export class ConfigStore {
  readonly #held: readonly Held[];
  readonly #clock: Clock;
  readonly #listeners = new Set<(effective: Effective) => void>();
  #effective: Effective = effectiveConfiguration([]);
  #closed = false;
  #started = false;
  #tellReady = () => {};
  readonly #ready = new Promise<void>((resolve) => {
    this.#tellReady = resolve;
  });

  /** @param sources of those that say the same kind of thing, the first counts; built-in values need none */
  constructor({ sources, clock }: { sources: readonly ConfigSource[]; clock: Clock }) {
    this.#held = sources.map((source) => ({ source, layers: [], problems: [] }));
    this.#clock = clock;
  }

  /** Reads every source once and follows them from then on. */
  async start(): Promise<Effective> {
    for (const held of this.#held)
      held.stopWatching = held.source.watch(() => {
        this.#readSoon(held);
      });
    const effective = await this.reload();
    this.#started = true;
    this.#tellReady();
    return effective;
  }

  /** Resolves once every source was read: before that, nobody knows what is locked. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** Whether every source was read once. */
  isStarted(): boolean {
    return this.#started;
  }

  /** Built-in values only, until {@link start} has ended. */
  current(): Effective {
    return this.#effective;
  }

  /** False while a source is broken: what it would say is not known, so nothing may be concluded from its silence. */
  isComplete(): boolean {
    return this.#held.every(({ problems }) => problems.length === 0);
  }

  /** Reads every source now, for a change this app made itself. */
  async reload(): Promise<Effective> {
    await Promise.all(this.#held.map((held) => this.#read(held)));
    this.#publish();
    return this.#effective;
  }

  /** What would be in force if the place of a layer said what the layer says; nothing is changed. */
  preview(layer: Layer): Effective {
    const isElsewhere = ({ source, location }: Layer) =>
      source !== layer.source || location !== layer.location;
    return effectiveConfiguration([...this.#layers().filter(isElsewhere), layer]);
  }

  /** Told after each change of the effective configuration. */
  onChange(listener: (effective: Effective) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#listeners.clear();
    for (const held of this.#held) {
      held.stopWatching?.();
      held.cancelDebounce?.();
    }
  }

  #readSoon(held: Held): void {
    if (this.#closed) return;
    held.cancelDebounce?.();
    held.cancelDebounce = this.#clock.after(debounceMs, () => {
      void this.#read(held).then(() => {
        this.#publish();
      });
    });
  }

  /** One reading of a source at a time, so that an old one never overtakes a new one. */
  async #read(held: Held): Promise<void> {
    const before = held.reading;
    const reading = (async () => {
      await before;
      apply(held, await held.source.read());
    })();
    held.reading = reading;
    await reading;
  }

  #layers(): Layer[] {
    return this.#held.flatMap(({ layers }) => layers);
  }

  #publish(): void {
    if (this.#closed) return;
    const effective = effectiveConfiguration(
      this.#layers(),
      this.#held.flatMap(({ problems }) => problems),
    );
    if (isDeepStrictEqual(effective, this.#effective)) return;
    this.#effective = effective;
    for (const listener of this.#listeners) listener(effective);
  }
}

function apply(held: Held, reading: Reading): void {
  held.problems = reading.kind === 'read' ? [] : (reading.problems ?? []);
  if (reading.kind === 'absent') held.layers = [];
  else held.layers = reading.layers ?? held.layers;
}
