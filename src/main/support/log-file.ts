import { appendFileSync, chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../base/clock';

export interface LogLimits {
  /** A file that has reached this size is put away. */
  readonly bytes: number;
  /** How many files that were put away are kept. */
  readonly files: number;
  /** A file is put away when it was begun this long ago, and deleted when it was last written this long ago. */
  readonly ageMs: number;
}

const day = 24 * 60 * 60 * 1000;
export const usualLimits: LogLimits = { bytes: 1024 * 1024, files: 4, ageMs: 14 * day };

/**
 * `activity.log` and what was put away of it, `activity.1.log` being the latest: limited in size, number and age.
 * A disk that cannot be written costs lines, not the app.
 */
export class LogFile {
  readonly #folder: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #limits: LogLimits;
  #begun = 0;
  #size = 0;

  constructor(folder: string, clock: Pick<Clock, 'now'>, limits: LogLimits = usualLimits) {
    this.#folder = folder;
    this.#clock = clock;
    this.#limits = limits;
    attempt(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
    this.#deleteOld();
    const present = attempt(() => statSync(this.#path(0)));
    if (present === undefined) return;
    this.#size = present.size;
    this.#begun = present.birthtimeMs;
    attempt(() => {
      chmodSync(this.#path(0), 0o600);
    });
  }

  write(line: string): void {
    const isOld = this.#size > 0 && this.#clock.now() - this.#begun >= this.#limits.ageMs;
    const bytes = Buffer.byteLength(line);
    if (isOld || this.#size + bytes > this.#limits.bytes) this.#putAway();
    if (this.#size === 0) this.#begun = this.#clock.now();
    attempt(() => {
      appendFileSync(this.#path(0), line, { mode: 0o600 });
      this.#size += bytes;
    });
  }

  /** The last `most` lines, oldest first; opens no more files than that takes. */
  lastLines(most: number): string[] {
    let lines: string[] = [];
    for (let age = 0; age <= this.#limits.files && lines.length < most; age++) {
      const older = attempt(() => readFileSync(this.#path(age), 'utf8').split('\n')) ?? [];
      lines = [...older.filter((line) => line !== ''), ...lines];
    }
    return lines.slice(-most);
  }

  #putAway(): void {
    for (let age = this.#limits.files; age > 0; age--)
      attempt(() => {
        renameSync(this.#path(age - 1), this.#path(age));
      });
    this.#size = 0;
    this.#deleteOld();
  }

  #deleteOld(): void {
    for (let age = 0; age <= this.#limits.files; age++)
      attempt(() => {
        const { mtimeMs } = statSync(this.#path(age));
        if (this.#clock.now() - mtimeMs >= this.#limits.ageMs) rmSync(this.#path(age));
      });
  }

  #path(age: number): string {
    return join(this.#folder, age === 0 ? 'activity.log' : `activity.${age}.log`);
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
