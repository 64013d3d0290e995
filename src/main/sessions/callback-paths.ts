import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { callbackPathOf, callbackRivals, type IssuerFacts, ownCallbackPath, type Registry } from '../config';
import type { IdentityService, ProviderMemory } from './identity-service';

/** What an issuer's redirect address depends on, as it was found out. */
export interface KnownIssuer {
  readonly advertisesIss?: boolean;
  readonly hasOwnPath?: boolean;
}

/** Kept over restarts, so that an address that is registered at a provider stays what it is while nobody can be asked. */
export interface IssuerMemory {
  of(issuer: string): KnownIssuer | undefined;
  remember(issuer: string, known: KnownIssuer): void;
}

interface Services {
  readonly providers: Pick<IdentityService, 'prepare'> & Pick<ProviderMemory, 'advertisesIss'>;
  readonly memory: IssuerMemory;
  /** Called when an address may have become another one, or certain. */
  readonly learnt: () => void;
}

/** A person waits for the browser; an issuer that says nothing in this time is taken for one that does not send `iss`. */
const longestAskMs = 5_000;

/**
 * Which redirect address each issuer has (RFC 9700 4.4): what the configuration's rule says to what is known of the
 * issuers. An address of its own is always safe, so an issuer that uses one keeps it, whatever is learnt of the others
 * later.
 */
export class CallbackPaths implements IssuerFacts {
  readonly #services: Services;
  readonly #decided = new Map<string, string>();

  constructor(services: Services) {
    this.#services = services;
  }

  advertisesIss(issuer: string): boolean | undefined {
    return this.#services.providers.advertisesIss(issuer) ?? this.#services.memory.of(issuer)?.advertisesIss;
  }

  hasOwnPath(issuer: string): boolean {
    return this.#services.memory.of(issuer)?.hasOwnPath === true;
  }

  /** The path a registry will have, asking nobody; undefined without OAuth, and as long as it is not certain. */
  certain(registry: Registry, registries: readonly Registry[]): string | undefined {
    return callbackPathOf(registry, registries, this);
  }

  /**
   * The path for a sign-in that begins now. Asks the issuers it depends on if they were never asked; while one of them
   * cannot be, the answer is the careful one.
   * @param advertisesIss what the issuer's own metadata has just said
   */
  async decide(
    registry: Registry,
    client: OAuthClientSettings,
    registries: readonly Registry[],
    advertisesIss: boolean,
  ): Promise<string> {
    const { issuer } = client;
    this.#learn(issuer, { advertisesIss });
    if (this.certain(registry, registries) === undefined) await this.#ask(registry, registries);
    const path = this.certain(registry, registries) ?? ownCallbackPath(issuer);
    this.#decided.set(issuer, path);
    return path;
  }

  /** To be told when an address is in use: a sign-in worked there, or a person was told to register it. */
  keep({ issuer }: OAuthClientSettings): void {
    if (this.#decided.get(issuer) === ownCallbackPath(issuer)) this.#learn(issuer, { hasOwnPath: true });
  }

  async #ask(registry: Registry, registries: readonly Registry[]): Promise<void> {
    const unknown = [...callbackRivals(registry, registries, this)].filter(
      ({ issuer }) => this.advertisesIss(issuer) === undefined,
    );
    const options = { signal: AbortSignal.timeout(longestAskMs), tries: 1 };
    const asking = unknown.map(async (rival) => {
      const provider = await this.#services.providers.prepare(rival, options);
      if (provider.ok) this.#learn(rival.issuer, { advertisesIss: provider.value.issAdvertised });
    });
    await Promise.all(asking);
  }

  #learn(issuer: string, news: KnownIssuer): void {
    const before = this.#services.memory.of(issuer);
    const after = { ...before, ...news };
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    this.#services.memory.remember(issuer, after);
    this.#services.learnt();
  }
}
