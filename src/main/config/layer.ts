import type { ConfigurationProblem, Source } from '../../contract/view-model';
import type { Failure } from '../base/failure';
import type { Registry } from './registry';
import type { SettingKey, SettingValues } from './schema';

/** A setting as one source has it; `invalid`: it is there, but its value is refused. */
export type LayerSetting<T> =
  | { readonly kind: 'value'; readonly value: T; readonly line?: number }
  | { readonly kind: 'invalid'; readonly line?: number };

export type LayerSettings = { readonly [K in SettingKey]?: LayerSetting<SettingValues[K]> };

/** What one source says, checked on its own; how sources meet is decided by `effectiveConfiguration`. */
export interface Layer {
  readonly source: Source;
  readonly location: string;
  readonly registries: readonly Registry[];
  readonly settings: LayerSettings;
  readonly problems: readonly ConfigurationProblem[];
  /** Set where a policy is there and nobody knows what it says: every registry is listed and none is used. */
  readonly blocksRegistries?: Failure;
}

/**
 * How reading a source ended; a policy says two layers at once, what it enforces and what it suggests. `absent` with
 * problems: something is there that does not count. `broken`: it is there and says nothing usable, so `layers` is in
 * force, or where there is none, what the source last said.
 */
export type Reading =
  | { readonly kind: 'absent'; readonly problems?: readonly ConfigurationProblem[] }
  | { readonly kind: 'read'; readonly layers: readonly Layer[] }
  | {
      readonly kind: 'broken';
      readonly problems: readonly ConfigurationProblem[];
      readonly layers?: readonly Layer[];
    };

/** A carrier of configuration: a file, a native policy, another program's file. */
export interface ConfigSource {
  /** Reads everything anew. Never rejects. */
  read(): Promise<Reading>;
  /** Calls back whenever reading again may give something else; possibly too often. Returns the function that stops it. */
  watch(changed: () => void): () => void;
}
