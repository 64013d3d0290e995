import pino from 'pino';
import type { ActivityEntry } from '../../contract/activity';
import type { Clock } from '../base/clock';
import type { ActivityEvent, EventSink } from '../base/event-sink';
import { entryOfLine } from './activity-entry';
import { LogFile, type LogLimits } from './log-file';

export interface ActivityLogOptions {
  /** The folder of the log's files; made when needed. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Whether a registry of this id is configured; any other text has no place in the log. */
  readonly isRegistry: (id: string) => boolean;
  readonly limits?: LogLimits;
}

/** Entries kept in memory to be shown, silent ones included. */
const mostEntries = 1000;

/**
 * What happened, as one JSON line per event on disk and as entries to show. Silent work (`debug`) is shown but not
 * written. The input type holds the app's own words only, so that a token cannot be passed.
 */
export class ActivityLog implements EventSink {
  readonly #file: LogFile;
  readonly #log: pino.Logger;
  readonly #options: ActivityLogOptions;
  readonly #listeners = new Set<(entry: ActivityEntry) => void>();
  readonly #entries: ActivityEntry[] = [];
  #lastSeq = 0;

  constructor(options: ActivityLogOptions) {
    const { folder, clock, limits } = options;
    this.#options = options;
    this.#file = new LogFile(folder, clock, limits);
    for (const line of this.#file.lastLines(mostEntries)) {
      const entry = entryOfLine(line);
      if (entry !== undefined) this.#keep({ ...entry, seq: ++this.#lastSeq });
    }
    this.#log = pino(
      {
        base: null,
        level: 'info',
        timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
        formatters: { level: (level) => ({ level }) },
      },
      this.#file,
    );
  }

  record(event: ActivityEvent): void {
    const { level, ...about } = this.#withKnownRegistry(event);
    this.#log[level](about);
    const entry = { seq: ++this.#lastSeq, at: this.#options.clock.now(), level, ...about };
    this.#keep(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  /** The latest entries, those of earlier runs included; oldest first. */
  entries(): readonly ActivityEntry[] {
    return [...this.#entries];
  }

  /** Calls back for each new entry; returns the function that stops it. */
  onEntry(listener: (entry: ActivityEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #keep(entry: ActivityEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > mostEntries) this.#entries.shift();
  }

  #withKnownRegistry({ registryId, ...event }: ActivityEvent): ActivityEvent {
    return registryId !== undefined && this.#options.isRegistry(registryId)
      ? { ...event, registryId }
      : event;
  }
}
