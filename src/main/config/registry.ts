import type { AuthType, ConfigurationProblem, Source } from '../../contract/view-model';
import type { Failure } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { SettingKey, SettingValues } from './schema';

/** How to sign in. `unusable` only on a blocked registry: what was meant, without settings that could be used by mistake. */
export type RegistryAuth =
  | { readonly type: 'none' }
  /** Neither of the two: a token that the app stores under the registry's id. Both are never set. */
  | { readonly type: 'bearer'; readonly tokenFile?: string; readonly tokenRef?: string }
  | {
      readonly type: 'oauth';
      readonly oauth: OAuthClientSettings;
      /** Whether the path was written out; if not, the mix-up defence may give it another one (see callbackPathOf). */
      readonly isCallbackPathWritten: boolean;
    }
  | { readonly type: 'unusable'; readonly intended: AuthType };

/** One registry as configured, checked and complete. */
export interface Registry {
  readonly id: string;
  readonly name: string;
  /** As written; empty when what was written must not be shown. */
  readonly url: string;
  /** Absent: found out from what the registry answers. */
  readonly kind?: 'api' | 'static';
  readonly allowPrivateIp: boolean;
  readonly auth: RegistryAuth;
  readonly source: Source;
  readonly location: string;
  readonly line?: number;
  /** People may not change or remove it. */
  readonly locked: boolean;
  /** Why it is listed but not used. It is never used in part: a dropped audience would mean a broader token. */
  readonly blocked?: Failure;
  /** What to tell about a registry that is used: a host to confirm, a probably wrong issuer. */
  readonly warnings: readonly Failure[];
  /** ToolHive says that it is signed in to this registry. */
  readonly isToolhiveSignedIn?: boolean;
}

/** One effective setting with where it came from. */
export interface Setting<T> {
  readonly value: T;
  readonly source: Source;
  readonly location: string;
  readonly line?: number;
  readonly locked: boolean;
}

export type Settings = { readonly [K in SettingKey]: Setting<SettingValues[K]> };

/** The one record that interface, gateway and support read: every value with its provenance. */
export interface Effective {
  /** In order of precedence, then of the file; ids are unique. */
  readonly registries: readonly Registry[];
  readonly settings: Settings;
  readonly problems: readonly ConfigurationProblem[];
}
