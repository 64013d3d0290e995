/** What a contestant is given: a running provider where the row wants one, and a folder of its own. */
export interface Surroundings {
  readonly issuer: string;
  /** Certificate authority of the provider, PEM. */
  readonly ca: string;
  /** Empty, on the disk that profiles live on. */
  readonly folder: string;
  /** By how much each durable write of Gatepass is slowed down on purpose, milliseconds; 0: not at all. */
  readonly slowCommitMs: number;
}

/** Samples in the row's unit, from one fresh process. */
export type Contestant = (surroundings: Surroundings) => Promise<readonly number[]>;

/** One line of the table: the same task, done by several in turn. */
export interface Row {
  readonly id: string;
  readonly task: string;
  readonly unit:
    'ms' | 'µs' | 'MB' | 'kB' | 'requests' | '% of a core' | 'wake-ups/s' | 'requests/s' | 'rows';
  readonly contestants: Readonly<Record<string, Contestant>>;
  /** The contestant that all others are divided by. */
  readonly floor: string;
  /** What Gatepass is to reach, in words. */
  readonly target: string;
  /** Default: as many as the whole run has. Rows that wait for a minute run once. */
  readonly rounds?: number;
}
