import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock';
import { guardedConnector } from './connector';
import type { ResolveName } from './connector';
import type { NetworkRequest } from './network';
import { proxyDispatcher } from './proxy';
import type { Route } from './proxy';
import { TlsSessions } from './tls-sessions';
import { trustFor } from './trust';

interface Trust {
  /** What was added. */
  readonly extra: readonly string[];
  /** All of them together; undefined: those built into the runtime. */
  readonly context: ReturnType<typeof trustFor>;
  /** Of connections whose certificates these authorities vouched for. */
  readonly sessions: TlsSessions;
}

/** The connections that are kept between requests, each judged when it was made, under the authorities of now. */
export class Connections {
  readonly #resolve: ResolveName;
  readonly #clock: Pick<Clock, 'monotonic'>;
  #trust: Trust;
  readonly #pooled = new Map<string, Dispatcher>();
  /** Connections under an earlier trust: those in use come to the end of their request. */
  readonly #retired = new Set<Dispatcher>();

  constructor(resolve: ResolveName, clock: Pick<Clock, 'monotonic'>) {
    this.#resolve = resolve;
    this.#clock = clock;
    this.#trust = this.#trustIn([]);
  }

  /** @param extra certificate authorities beside the usual ones, PEM */
  followTrust(extra: readonly string[]): void {
    if (isSameList(extra, this.#trust.extra)) return;
    this.#trust = this.#trustIn(extra);
    for (const dispatcher of this.#pooled.values()) {
      this.#retired.add(dispatcher);
      void dispatcher.close().then(() => this.#retired.delete(dispatcher));
    }
    this.#pooled.clear();
  }

  /** Those of the same route that were made under the same rule. */
  pooled(route: Route, request: NetworkRequest): Dispatcher {
    const key = route.kind === 'proxy' ? route.uri : (request.addresses ?? 'any');
    const dispatcher = this.#pooled.get(key) ?? this.own(route, request);
    this.#pooled.set(key, dispatcher);
    return dispatcher;
  }

  /** New ones; whoever asked for them destroys them. */
  own(route: Route, { addresses = 'any', onConnected }: NetworkRequest): Dispatcher {
    const trust = this.#trust.context();
    if (route.kind === 'proxy') return proxyDispatcher(route.uri, trust);
    const connect = guardedConnector({
      rule: addresses,
      resolve: this.#resolve,
      trust,
      sessions: this.#trust.sessions,
      ...(onConnected !== undefined && { onConnected }),
    });
    return new Agent({ connect, headersTimeout: 0, bodyTimeout: 0 });
  }

  #trustIn(extra: readonly string[]): Trust {
    return { extra, context: trustFor(extra), sessions: new TlsSessions(this.#clock) };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pooled.values(), ...this.#retired].map((dispatcher) => dispatcher.destroy()));
    this.#pooled.clear();
  }
}

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index]);
