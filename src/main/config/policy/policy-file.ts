import type { Clock } from '../../base/clock';
import type { Result } from '../../base/failure';
import type { Layer } from '../layer';
import { watchFile } from '../watch-file';
import type { PolicyReading, PolicySource } from './policy-source';
import { type FileSystem, readTrustedFile, type TrustRule } from './trusted-file';

/** What the content of a file says; `location` is what problems are listed under. */
type Format = (content: Buffer, location: string) => Promise<Result<readonly Layer[]>>;

/** A policy in a file that only administrators can write. */
export class PolicyFile implements PolicySource {
  readonly location: string;
  readonly interpret: PolicySource['interpret'];
  readonly #rule: TrustRule;
  readonly #clock: Clock;
  readonly #files: FileSystem | undefined;

  /** @param parts.path absolute; shown as the location */
  constructor(parts: { path: string; format: Format; rule: TrustRule; clock: Clock; files?: FileSystem }) {
    const { path, format, rule, clock, files } = parts;
    this.location = path;
    this.interpret = (content) => format(content, path);
    this.#rule = rule;
    this.#clock = clock;
    this.#files = files;
  }

  read(): Promise<PolicyReading> {
    return readTrustedFile(this.location, this.#rule, this.#files);
  }

  watch(changed: () => void): () => void {
    return watchFile(this.location, changed, this.#clock);
  }
}
