import type { Code } from '../../contract/codes';
import type { ConfigurationProblem } from '../../contract/view-model';
import { failure, type Failure } from '../base/failure';
import { registryKey } from './duplicates';
import { idKey } from './id-key';
import { isIssuerAllowed } from './issuer-allowed';
import type { Layer } from './layer';
import type { Registry, Settings } from './registry';
import { addressKey } from './url';

/** What becomes of an entry: listed, left out without a word, or refused for what `other` (an entry or setting) says. */
type Verdict =
  'listed' | 'left-out' | { readonly code: Code; readonly other: { location: string; line?: number } };

/**
 * The registries of all layers as one list, whole entries only, and the entries that were refused because of what another
 * source says. Where a layer blocks registries, all are listed and none is used.
 * @param layers highest first
 */
export function mergedRegistries(
  layers: readonly Layer[],
  settings: Settings,
): { registries: readonly Registry[]; problems: readonly ConfigurationProblem[] } {
  const merge = new Merge(
    settings,
    layers.find(({ blocksRegistries }) => blocksRegistries !== undefined)?.blocksRegistries,
  );
  for (const layer of layers) for (const registry of layer.registries) merge.add(registry);
  return merge;
}

class Merge {
  readonly registries: Registry[] = [];
  readonly problems: ConfigurationProblem[] = [];
  readonly #settings: Settings;
  readonly #blockAll: Failure | undefined;
  readonly #hidden: ReadonlySet<string>;
  readonly #byId = new Map<string, Registry>();
  readonly #byKey = new Map<string, Registry>();
  readonly #enforcedByAddress = new Map<string, Registry>();

  constructor(settings: Settings, blockAll: Failure | undefined) {
    this.#settings = settings;
    this.#blockAll = blockAll;
    this.#hidden = new Set(settings.hidden_registries.value.map(idKey));
  }

  add(registry: Registry): void {
    const verdict = this.#verdictOn(registry);
    if (verdict === 'listed') this.#list(registry);
    else if (verdict !== 'left-out') this.#refuse(registry, verdict.code, verdict.other);
  }

  /** Entries come highest layer first, so what is there already wins. */
  #verdictOn(registry: Registry): Verdict {
    const { id, source, location, url, blocked } = registry;
    const isOptional = source === 'policy-default' || source === 'toolhive';
    const isOwn = source === 'user' || source === 'toolhive';
    const sameId = this.#byId.get(idKey(id));
    const managed = url === '' ? undefined : this.#enforcedByAddress.get(addressKey(url));
    const sameRegistry = blocked === undefined ? this.#byKey.get(registryKey(registry)) : undefined;

    // A policy of the person's account adds to the computer's and never takes its place.
    if (managed !== undefined && (source !== 'policy-enforced' || managed.location !== location))
      return { code: 'CFG_MANAGED_URL', other: managed };
    if (isOwn && this.#blockAll === undefined && !this.#settings.allow_user_registries.value)
      return { code: 'SETTING_LOCKED', other: this.#settings.allow_user_registries };
    if (sameId?.locked === true && isOwn) return { code: 'SETTING_LOCKED', other: sameId };
    // A person's entry replaces a default of the same id on purpose.
    if (sameId !== undefined) return 'left-out';
    // The person has what was suggested or what ToolHive has, under an id of their own.
    if (sameRegistry !== undefined && isOptional) return 'left-out';
    if (sameRegistry !== undefined) return { code: 'CFG_DUPLICATE_REGISTRY', other: sameRegistry };
    return isOptional && this.#hidden.has(idKey(id)) ? 'left-out' : 'listed';
  }

  #list(registry: Registry): void {
    const { id, url, source, blocked } = registry;
    this.registries.push(this.#judged(registry));
    this.#byId.set(idKey(id), registry);
    if (blocked === undefined) this.#byKey.set(registryKey(registry), registry);
    if (source === 'policy-enforced' && url !== '') this.#enforcedByAddress.set(addressKey(url), registry);
  }

  /** Blocked, when everything is or its issuer is not among those that may be used. */
  #judged(registry: Registry): Registry {
    const { auth } = registry;
    if (this.#blockAll !== undefined) return blockedBy(this.#blockAll, registry);
    const patterns = this.#settings.allowed_issuers.value;
    if (auth.type !== 'oauth' || patterns === undefined) return registry;
    const { issuer } = auth.oauth;
    if (isIssuerAllowed(issuer, patterns)) return registry;
    const blocked = failure('CFG_ISSUER_NOT_ALLOWED', { issuer });
    this.#tell(registry, blocked);
    return blockedBy(blocked, registry);
  }

  #refuse({ name, location, line }: Registry, code: Code, other: { location: string; line?: number }): void {
    const place = {
      otherLocation: other.location,
      ...(other.line !== undefined && { otherLine: other.line }),
    };
    this.#tell(
      { location, ...(line !== undefined && { line }) },
      failure(code, { name, field: 'registries', ...place }),
    );
  }

  #tell({ location, line }: { location: string; line?: number }, problem: Failure): void {
    this.problems.push({ ...problem, location, ...(line !== undefined && { line }) });
  }
}

function blockedBy(blocked: Failure, registry: Registry): Registry {
  const { auth } = registry;
  return {
    ...registry,
    auth: auth.type === 'unusable' ? auth : { type: 'unusable', intended: auth.type },
    blocked: registry.blocked ?? blocked,
    warnings: [],
  };
}
