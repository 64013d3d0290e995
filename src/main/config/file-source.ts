import type { Source } from '../../contract/view-model';
import type { Clock } from '../base/clock';
import type { Failure, Result } from '../base/failure';
import type { ConfigSource, Layer, Reading } from './layer';
import { readLayer } from './read-layer';
import { problemOf } from './problems';
import { readTextFile } from './text-file';
import { type Attempt, untilWhole } from './until-whole';
import { watchFile } from './watch-file';
import { parseYaml } from './yaml-file';

/** Awaited before a text of so many characters is parsed: a large one keeps the process from everything else meanwhile. */
export type BeforeParsing = (size: number) => Promise<void>;
const atOnce: BeforeParsing = () => Promise.resolve();

/** A configuration file as a source of registries and settings. */
export class FileSource implements ConfigSource {
  readonly #source: Source;
  readonly #path: string;
  readonly #clock: Clock;
  readonly #beforeParsing: BeforeParsing;

  /** @param path absolute; shown as the location */
  constructor(source: Source, path: string, clock: Clock, beforeParsing: BeforeParsing = atOnce) {
    this.#source = source;
    this.#path = path;
    this.#clock = clock;
    this.#beforeParsing = beforeParsing;
  }

  read(): Promise<Reading> {
    return untilWhole(() => this.#readOnce(), this.#clock);
  }

  watch(changed: () => void): () => void {
    return watchFile(this.#path, changed, this.#clock);
  }

  async #readOnce(): Promise<Attempt<Reading>> {
    const text = await readTextFile(this.#path);
    if (!text.ok)
      return { reading: this.#broken(text.failure), mayBeHalfWritten: text.failure.code === 'CFG_INVALID' };
    if (text.value === undefined) return { reading: { kind: 'absent' }, mayBeHalfWritten: false };
    await this.#beforeParsing(text.value.length);
    const layer = await this.#layerOf(text.value);
    const reading: Reading = layer.ok ? { kind: 'read', layers: [layer.value] } : this.#broken(layer.failure);
    return { reading, mayBeHalfWritten: !layer.ok || text.value === '' };
  }

  async #layerOf(text: string): Promise<Result<Layer>> {
    const file = await parseYaml(text);
    if (!file.ok) return file;
    const { value, lineOf } = file.value;
    return readLayer(value, { source: this.#source, location: this.#path, lineOf });
  }

  #broken(failure: Failure): Reading {
    return { kind: 'broken', problems: [problemOf(failure, this.#path)] };
  }
}
