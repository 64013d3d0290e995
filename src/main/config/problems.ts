import type { ConfigurationProblem } from '../../contract/view-model';
import type { Failure } from '../base/failure';
import type { Path, YamlFile } from './yaml-file';

/** Collects what is wrong with one source, each with its place and the name of its field; never with a value. */
export class Problems {
  readonly #found: ConfigurationProblem[] = [];
  readonly #location: string;
  readonly #lineOf: YamlFile['lineOf'] | undefined;

  /** @param lineOf absent where the carrier has no lines */
  constructor(location: string, lineOf?: YamlFile['lineOf']) {
    this.#location = location;
    this.#lineOf = lineOf;
  }

  /** @param path of the field from the top; its name becomes the parameter `field` unless the failure has one */
  report(path: Path, { code, params }: Failure): void {
    this.reportAt(this.lineOf(path), { code, params: { field: fieldName(path), ...params } });
  }

  reportAt(line: number | undefined, { code, params }: Failure): void {
    const problem = { code, params, location: this.#location };
    this.#found.push(line === undefined ? problem : { ...problem, line });
  }

  lineOf(path: Path): number | undefined {
    return this.#lineOf?.(path);
  }

  all(): readonly ConfigurationProblem[] {
    return this.#found;
  }
}

/** `registries[2].auth.oauth.client_id`. A key that may be something else, as a broken file has them, is left out. */
export function fieldName(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${/^[\w.-]{1,60}$/.test(step) ? step : '…'}`))
    .join('')
    .replace(/^\./, '');
}

/** A failure of a whole source as a problem of its location; a line that it names is its place. */
export function problemOf({ code, params }: Failure, location: string): ConfigurationProblem {
  const { line, ...others } = params;
  const problem = { code, params: others, location };
  return typeof line === 'number' ? { ...problem, line } : problem;
}
