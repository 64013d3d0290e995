import type { ServerDetails } from '../../../contract/server-list';
import type { Code } from '../../../contract/codes';
import { failed, type Failure, type Result, success } from '../../base/failure';
import type { Registry } from '../../config';
import type { SessionEvent } from '../../sessions';
import { changesAccount } from '../account-events';
import type { RegistryChecks } from '../registry-checks';
import { isSameRegistry } from '../registry-kind';
import { listServers, type ListServices, type ServerList } from './list-servers';

interface Services extends ListServices {
  /** The registry of an id as configured now. */
  readonly registry: (id: string) => Registry | undefined;
  /** Who is signed in there; undefined without a sign-in and where the provider does not say. */
  readonly account: (id: string) => string | undefined;
  /** What is known of the registry itself, and told by every list: row and list never disagree. */
  readonly checks: Pick<RegistryChecks, 'reachability' | 'learn'>;
}

export interface ServersQuestion {
  /** Only servers that match, as the registry finds them; empty for all. */
  readonly search: string;
  /** Asks the registry even though what is held is still new. */
  readonly again: boolean;
}

/** A list as it was at `readAt` (milliseconds since the epoch), with the reason why there is no newer one. */
export interface ReadServers extends ServerList {
  readonly readAt: number;
  readonly stale?: Failure;
}

/** A list, and what it belongs to. */
interface Held {
  readonly list: ServerList;
  readonly readAt: number;
  readonly registry: Registry;
  readonly account: string | undefined;
  readonly search: string;
}

interface Running {
  readonly search: string;
  readonly end: AbortController;
  readonly result: Promise<Result<ReadServers>>;
}

/** Within this time a list is shown again without asking. */
const newForMs = 5 * 60_000;
/** A list may take some megabytes: those that were looked at last are held. */
const mostHeld = 8;

/** The registry could not be asked. Everything else, above all a failure to sign in, is never hidden behind old data. */
const unreachable: ReadonlySet<Code> = new Set<Code>([
  'NET_TIMEOUT',
  'NET_DNS',
  'NET_OFFLINE',
  'NET_REFUSED',
  'NET_INTERRUPTED',
  'REGISTRY_UNAVAILABLE',
]);

/**
 * The servers of each registry, held in memory only and for one account: one list per registry, the last that was read.
 * It is gone once that account is, or the registry is another one.
 */
export class ServerLists {
  readonly #services: Services;
  /** The list looked at last is the last one. */
  readonly #held = new Map<string, Held>();
  readonly #running = new Map<string, Running>();

  constructor(services: Services) {
    this.#services = services;
  }

  /**
   * The servers of a registry: those held while they are new, else as the registry says now; an older list, with the
   * reason, where it cannot be reached. A second question joins the first; another search takes its place.
   *
   * Failures: OP_STALE (removed, blocked, or another account meanwhile), and those of {@link listServers}.
   */
  async read(id: string, { search, again }: ServersQuestion): Promise<Result<ReadServers>> {
    const registry = this.#services.registry(id);
    if (registry === undefined || registry.blocked !== undefined) return failed('OP_STALE');
    const held = again ? undefined : this.#heldBy(id, search);
    const known = held && this.#stillGood(id, held);
    if (known !== undefined) return known;
    const running = this.#running.get(id);
    if (running?.search === search) return running.result;
    running?.end.abort();
    const end = new AbortController();
    const result = this.#read(registry, search, end.signal).finally(() => {
      if (this.#running.get(id)?.end === end) this.#running.delete(id);
    });
    this.#running.set(id, { search, end, result });
    return result;
  }

  /** One server of the list that was read last. */
  server(id: string, name: string): ServerDetails | undefined {
    return this.#heldBy(id)?.list.servers.get(name);
  }

  /** Follows the sessions: whoever signs in or out takes the list along. */
  sessionChanged(id: string, event: Pick<SessionEvent, 'type'>): void {
    if (changesAccount(event)) this.#forget(id);
  }

  /** Follows the configuration: a registry that was edited or removed is another one. */
  configurationChanged(): void {
    for (const [id, { registry }] of [...this.#held])
      if (!isSameRegistry(this.#services.registry(id), registry)) this.#forget(id);
  }

  async #read(registry: Registry, search: string, signal: AbortSignal): Promise<Result<ReadServers>> {
    const { clock, account, registry: configured, checks } = this.#services;
    const { id } = registry;
    const result = await listServers(this.#services, registry, { search, signal });
    if (signal.aborted || !isSameRegistry(configured(id), registry)) return failed('OP_STALE');
    checks.learn(id, isVerdict(result) ? result : success(undefined));
    if (!result.ok) return this.#withoutAnswer(id, search, result.failure);
    const held = { list: result.value, readAt: clock.now(), registry, account: account(id), search };
    this.#hold(id, held);
    return success(asRead(held));
  }

  /** What to show when the registry gave no list: an older one if it could not be asked, else only the reason. */
  #withoutAnswer(id: string, search: string, failure: Failure): Result<ReadServers> {
    const held = this.#heldBy(id, search);
    if (held !== undefined && unreachable.has(failure.code)) return success(asRead(held, failure));
    this.#held.delete(id);
    return { ok: false, failure };
  }

  /** What is held, while nobody has to be asked: it is new, or the registry has just been asked and told why not. */
  #stillGood(id: string, held: Held): Result<ReadServers> | undefined {
    const reachability = this.#services.checks.reachability(id);
    if (reachability?.kind === 'fails' && reachability.checkedAt >= held.readAt)
      return this.#withoutAnswer(id, held.search, reachability.problem);
    return this.#services.clock.now() - held.readAt < newForMs ? success(asRead(held)) : undefined;
  }

  /** The list of a registry if it is this account's and this registry's still. */
  #heldBy(id: string, search?: string): Held | undefined {
    const held = this.#held.get(id);
    const { registry, account } = this.#services;
    if (held === undefined || (search !== undefined && held.search !== search)) return undefined;
    return held.account === account(id) && isSameRegistry(registry(id), held.registry) ? held : undefined;
  }

  #hold(id: string, held: Held): void {
    this.#held.delete(id);
    this.#held.set(id, held);
    const [oldest] = this.#held.keys();
    if (this.#held.size > mostHeld && oldest !== undefined) this.#held.delete(oldest);
  }

  #forget(id: string): void {
    this.#held.delete(id);
    this.#running.get(id)?.end.abort();
    this.#running.delete(id);
  }
}

const asRead = ({ list, readAt }: Held, stale?: Failure): ReadServers => ({
  servers: list.servers,
  unreadable: list.unreadable,
  readAt,
  ...(stale !== undefined && { stale }),
});

/** Too long a list comes from a registry that answers as it should. */
const isVerdict = (result: Result<unknown>): result is Extract<Result<unknown>, { ok: false }> =>
  !result.ok && result.failure.code !== 'REGISTRY_TOO_MANY_SERVERS';
