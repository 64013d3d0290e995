import type { Source } from '../../contract/view-model';
import type { Clock } from '../base/clock';
import type { Failure, Result } from '../base/failure';
import type { ConfigSource, Layer, Reading } from './layer';
import { readLayer } from './read-layer';
import { readTextFile } from './text-file';
import { watchFile } from './watch-file';
import { parseYaml } from './yaml-file';

/** Editors and `thv` truncate a file and then write it; what is empty or broken is read again this often, this long. */
const retryEveryMs = 200;
const retryForMs = 1000;

/** A configuration file as a source of registries and settings. */
export class FileSource implements ConfigSource {
  readonly kind: Source;
  readonly location: string;
  readonly #clock: Clock;

  /** @param path absolute; shown as the location */
  constructor(kind: Source, path: string, clock: Clock) {
    this.kind = kind;
    this.location = path;
    this.#clock = clock;
  }

  async read(): Promise<Reading> {
    const giveUpAt = this.#clock.monotonic() + retryForMs;
    for (;;) {
      const { reading, mayBeHalfWritten } = await this.#readOnce();
      if (!mayBeHalfWritten || this.#clock.monotonic() >= giveUpAt) return reading;
      await new Promise<void>((resolve) => this.#clock.after(retryEveryMs, resolve));
    }
  }

  watch(changed: () => void): () => void {
    return watchFile(this.location, changed, this.#clock);
  }

  async #readOnce(): Promise<{ reading: Reading; mayBeHalfWritten: boolean }> {
    const text = await readTextFile(this.location);
    if (!text.ok)
      return { reading: this.#broken(text.failure), mayBeHalfWritten: text.failure.code === 'CFG_INVALID' };
    if (text.value === undefined) return { reading: { kind: 'absent' }, mayBeHalfWritten: false };
    const layer = await this.#layerOf(text.value);
    const reading: Reading = layer.ok ? { kind: 'read', layer: layer.value } : this.#broken(layer.failure);
    return { reading, mayBeHalfWritten: !layer.ok || text.value === '' };
  }

  async #layerOf(text: string): Promise<Result<Layer>> {
    const file = await parseYaml(text);
    if (!file.ok) return file;
    const { value, lineOf } = file.value;
    return readLayer(value, { source: this.kind, location: this.location, lineOf });
  }

  #broken({ code, params }: Failure): Reading {
    const { line, ...others } = params;
    const problem = { code, params: others, location: this.location };
    return { kind: 'broken', problems: [typeof line === 'number' ? { ...problem, line } : problem] };
  }
}
