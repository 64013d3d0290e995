import type {
  AppView,
  ConfigurationProblem,
  GatewayView,
  KeychainStatus,
  KnownAs,
  Reachability,
  RegistryView,
  TokenView,
} from '../../contract/view-model';
import type { Failure } from '../base/failure';
import type { Effective, Registry } from '../config';
import type { SessionState } from '../sessions';
import { registryRow } from './registry-row';
import { settingViews } from './setting-views';
import type { ViewModel } from './view-state';

/** Where the view reads from; each is asked at the moment of need, so there is no second copy of the truth. */
export interface ViewSources {
  /** Undefined until every source of configuration has been read once. */
  readonly configuration: () => Effective | undefined;
  readonly sessionState: (registryId: string) => SessionState | undefined;
  readonly beforeSignIn: (registryId: string) => Failure | undefined;
  readonly siblings: (registryId: string) => number;
  readonly redirectUri: (registryId: string) => string | undefined;
  readonly reachability: (registryId: string) => Reachability | undefined;
  readonly token: (registryId: string) => TokenView | undefined;
  readonly knownAs: (registryId: string) => KnownAs | undefined;
  readonly gateway: () => GatewayView;
  readonly keychain: () => KeychainStatus;
  /** Why this process must not use the profile, if so. */
  readonly refusal: () => Failure | undefined;
  /** What keeps settings from having their effect. */
  readonly settingProblems: () => readonly ConfigurationProblem[];
  readonly configurationFile: string;
  readonly version: string;
}

/** The view model of the running app. */
export class AppViewModel implements ViewModel {
  readonly #sources: ViewSources;
  #indexed: { readonly from: Effective | undefined; readonly byId: ReadonlyMap<string, Registry> } = {
    from: undefined,
    byId: new Map(),
  };

  constructor(sources: ViewSources) {
    this.#sources = sources;
  }

  ids(): readonly string[] {
    return [...this.#registries().keys()];
  }

  /** The registry of an id as configured now. */
  registry(id: string): Registry | undefined {
    return this.#registries().get(id);
  }

  row(id: string): RegistryView | undefined {
    const registry = this.registry(id);
    if (registry === undefined) return undefined;
    const { sessionState, beforeSignIn, siblings, redirectUri, reachability, token, knownAs } = this.#sources;
    return registryRow({
      registry,
      state: sessionState(id),
      beforeSignIn: beforeSignIn(id),
      siblings: siblings(id),
      redirectUri: redirectUri(id),
      reachability: reachability(id),
      token: token(id),
      knownAs: knownAs(id),
    });
  }

  app(): AppView {
    const { configuration, gateway, keychain, refusal, settingProblems, configurationFile, version } =
      this.#sources;
    const stopped = refusal();
    const effective = configuration();
    return {
      loaded: effective !== undefined,
      configurationFile,
      configurationProblems: [...(effective?.problems ?? []), ...settingProblems()],
      mayAddRegistries: effective?.settings.allow_user_registries.value ?? false,
      settings: effective === undefined ? [] : settingViews(effective.settings),
      gateway: gateway(),
      keychain: keychain(),
      ...(stopped !== undefined && { stopped }),
      version,
    };
  }

  /** Rows are asked for by id; the index is made once per configuration, not once per row. */
  #registries(): ReadonlyMap<string, Registry> {
    const from = this.#sources.configuration();
    if (this.#indexed.from !== from)
      this.#indexed = { from, byId: new Map(from?.registries.map((registry) => [registry.id, registry])) };
    return this.#indexed.byId;
  }
}
