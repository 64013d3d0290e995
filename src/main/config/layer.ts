import type { ConfigurationProblem, Source } from '../../contract/view-model';
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
}

/** How reading a source ended. `broken`: it is there and says nothing usable, so what it last said stays in force. */
export type Reading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'read'; readonly layer: Layer }
  | { readonly kind: 'broken'; readonly problems: readonly ConfigurationProblem[] };

/** A carrier of configuration: a file, a native policy, another program's file. */
export interface ConfigSource {
  readonly kind: Source;
  /** What a person can look up: a path, a registry key. */
  readonly location: string;
  /** Reads everything anew. Never rejects. */
  read(): Promise<Reading>;
  /** Calls back whenever reading again may give something else; possibly too often. Returns the function that stops it. */
  watch(changed: () => void): () => void;
}
