import type { TokenView } from '../../../contract/view-model';
import type { Clock } from '../../base/clock';
import { failed, type Result, success } from '../../base/failure';
import type { Secret } from '../../base/secret';
import { SerialQueue } from '../../base/serial-queue';
import { type Registry, watchFile } from '../../config';
import type { SessionState } from '../../sessions';
import { isSameRegistry } from '../registry-kind';
import { findToken, type FoundToken, type TokenPlaces } from './find-token';
import type { StoredTokens } from './stored-tokens';
import { tokenIn } from './token-text';
import { type KnownToken, refusalOf, stateOf, viewOf } from './token-state';

interface Services extends TokenPlaces {
  readonly stored: Pick<StoredTokens, 'read' | 'write' | 'remove'>;
  readonly clock: Clock;
  /** Another token is there, or none any more; not told of what is found when a registry is first configured. */
  readonly replaced: (id: string, isThere: boolean) => void;
  readonly changed: (id: string) => void;
}

interface Entry extends KnownToken {
  readonly stopWatching: () => void;
  /** Whether its token was ever looked for. */
  isLookedUp: boolean;
}

/**
 * The tokens of registries that take one without a sign-in (`auth: bearer`), for machines and shared computers. Every use
 * looks at the token's place again, so that a token that was exchanged there is used from then on.
 */
export class BearerTokens {
  readonly #services: Services;
  readonly #searches = new SerialQueue();
  #entries: ReadonlyMap<string, Entry> = new Map();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Follows a configuration; a registry that is the same as before keeps what is known of its token. */
  configure(registries: readonly Registry[]): void {
    const before = this.#entries;
    const wanted = registries.filter(({ auth, blocked }) => auth.type === 'bearer' && blocked === undefined);
    this.#entries = new Map(
      wanted.map((registry) => {
        const known = before.get(registry.id);
        if (known === undefined || !isSameOwner(known.registry, registry))
          return [registry.id, this.#newEntry(registry)];
        known.registry = registry;
        return [registry.id, known];
      }),
    );
    const kept = new Set(this.#entries.values());
    for (const entry of before.values()) if (!kept.has(entry)) entry.stopWatching();
  }

  close(): void {
    for (const { stopWatching } of this.#entries.values()) stopWatching();
  }

  /** The state of a registry that takes a token, in the words of sessions; undefined for all others. */
  state(id: string): SessionState | undefined {
    const entry = this.#entries.get(id);
    return entry && stateOf(entry);
  }

  /** Where its token comes from. */
  view(id: string): TokenView | undefined {
    const entry = this.#entries.get(id);
    return entry && viewOf(entry);
  }

  /**
   * The token of a registry, from where it is now. REGISTRY_AUTH_REQUIRED: there is none; TOKEN_REFUSED: there is only the
   * one that was refused; why its place cannot be read; undefined: the registry takes none.
   * @param refused the token that the registry just said no to
   */
  async accessToken(id: string, refused?: Secret): Promise<Result<Secret> | undefined> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    const found = await this.#look(entry);
    if (!found.ok) return found;
    if (found.value === undefined) return failed('REGISTRY_AUTH_REQUIRED');
    const { token } = found.value;
    if (refused?.equals(token) !== true) return success(token);
    this.#refuse(entry, token);
    return { ok: false, failure: refusalOf(entry.registry, found.value.origin) };
  }

  /** What the registry said to the token it was sent last. */
  judge(id: string, verdict: Result<void>): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || !entry.found.ok || entry.found.value === undefined) return;
    if (!verdict.ok) this.#refuse(entry, entry.found.value.token);
    else if (entry.refused !== undefined) {
      delete entry.refused;
      this.#services.changed(id);
    }
  }

  /** Keeps a token for the registry, from a text that a person copied. TOKEN_UNUSABLE: it is none. */
  async store(id: string, text: string): Promise<Result<void>> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return failed('OP_STALE');
    const token = tokenIn(text);
    if (token === undefined) return failed('TOKEN_UNUSABLE', { reason: 'token-clipboard' });
    await this.#services.stored.write(entry.registry, token);
    await this.#look(entry);
    return success(undefined);
  }

  /** Deletes the app's own token of the registry; one that stands elsewhere stays there. */
  async remove(id: string): Promise<Result<void>> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return failed('OP_STALE');
    const removed = await this.#services.stored.remove(entry.registry);
    await this.#look(entry);
    return removed;
  }

  /** {@link remove} for a registry that is about to leave the configuration: asked before, and called after. */
  removeLater(id: string): () => Promise<Result<void>> {
    const registry = this.#entries.get(id)?.registry;
    return () =>
      registry === undefined ? Promise.resolve(success(undefined)) : this.#services.stored.remove(registry);
  }

  /** Looks for every token again, because what seals the app's own ones can be opened now. */
  reload(): void {
    for (const entry of this.#entries.values()) void this.#look(entry);
  }

  #newEntry(registry: Registry): Entry {
    const path = registry.auth.type === 'bearer' ? registry.auth.tokenFile : undefined;
    const entry: Entry = {
      registry,
      found: success(undefined),
      stopWatching:
        path === undefined
          ? () => undefined
          : watchFile(path, () => void this.#look(entry), this.#services.clock),
      isLookedUp: false,
    };
    void this.#look(entry);
    return entry;
  }

  /** One search after another, so that what is known is always what the latest one found. */
  #look(entry: Entry): Promise<Result<FoundToken | undefined>> {
    return this.#searches.run(entry.registry.id, async () => {
      const found = await findToken(entry.registry, this.#services);
      const { found: before, isLookedUp } = entry;
      entry.found = found;
      entry.isLookedUp = true;
      if (isLookedUp && !isSameToken(before, found)) this.#replaced(entry);
      // The same token may come from elsewhere now, or be better guarded.
      else if (JSON.stringify(before) !== JSON.stringify(found)) this.#tell(entry);
      return found;
    });
  }

  #replaced(entry: Entry): void {
    delete entry.refused;
    this.#tell(entry);
    const { registry, found } = entry;
    if (this.#isCurrent(entry)) this.#services.replaced(registry.id, found.ok && found.value !== undefined);
  }

  #refuse(entry: Entry, token: Secret): void {
    if (entry.refused?.equals(token) === true) return;
    entry.refused = token;
    this.#tell(entry);
  }

  #tell(entry: Entry): void {
    if (this.#isCurrent(entry)) this.#services.changed(entry.registry.id);
  }

  /** One that was replaced meanwhile has nothing to say. */
  #isCurrent(entry: Entry): boolean {
    return this.#entries.get(entry.registry.id) === entry;
  }
}

/** Whether the same places are looked at for the one and the other. */
const isSameOwner = (one: Registry, other: Registry): boolean =>
  isSameRegistry(one, other) && one.source === other.source;

function isSameToken(one: Result<FoundToken | undefined>, other: Result<FoundToken | undefined>): boolean {
  const [before, after] = [one.ok ? one.value : undefined, other.ok ? other.value : undefined];
  if (before === undefined || after === undefined) return before === after;
  return before.token.equals(after.token);
}
