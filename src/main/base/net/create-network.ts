import { buffer } from 'node:stream/consumers';
import type { Clock } from '../clock';
import { Attempt } from './attempt';
import { reasonOf } from './classify';
import { Connections } from './connections';
import { isAllowedThroughProxy, resolveBySystem } from './connector';
import type { ResolveName } from './connector';
import { exchange } from './exchange';
import type { Network, NetworkAnswer, NetworkStreams } from './network';
import { NetworkError } from './network-error';
import { routesOf } from './proxy';
import type { ResolveProxy, Route } from './proxy';

export interface NetworkOptions {
  readonly resolveProxy: ResolveProxy;
  readonly clock: Pick<Clock, 'after' | 'monotonic'>;
  /** Certificate authorities an administrator added, PEM; asked for each request. Default: none. */
  readonly extraCa?: () => Promise<readonly string[]>;
  /** Sent with every request, as in `Gatepass/1.0.0`. */
  readonly userAgent?: string;
  /** Default: the operating system's. */
  readonly resolve?: ResolveName;
}

export function createNetwork(
  options: NetworkOptions,
): Network & NetworkStreams & { close(): Promise<void> } {
  const { extraCa = () => Promise.resolve([]), userAgent } = options;
  const connections = new Connections(options.resolve ?? resolveBySystem, options.clock);

  const sendBy = (route: Route, attempt: Attempt): Promise<NetworkAnswer> => {
    const { url, request } = attempt;
    if (route.kind === 'proxy' && !isAllowedThroughProxy(url, request.addresses ?? 'any'))
      throw attempt.error('forbidden-address');
    if (request.fresh !== true && request.onConnected === undefined)
      return exchange(attempt, connections.pooled(route, request), userAgent);
    const own = connections.own(route, request);
    attempt.onFinish(() => void own.destroy());
    return exchange(attempt, own, userAgent);
  };

  const routesTo = async (address: string): Promise<readonly Route[]> => {
    const list = await options.resolveProxy(address).catch(() => 'DIRECT');
    connections.followTrust(await extraCa());
    return routesOf(list);
  };

  const open: NetworkStreams['open'] = async (address, request = {}) => {
    const attempt = new Attempt(new URL(address), request, options.clock);
    try {
      const routes = await attempt.unlessEnded(routesTo(address));
      if (routes.length === 0) throw attempt.error('refused');
      return await firstThatConnects(routes, (route) => sendBy(route, attempt));
    } catch (thrown) {
      attempt.finish();
      throw attempt.error(thrown instanceof NetworkError ? thrown.reason : reasonOf(thrown));
    }
  };

  return {
    open,
    async fetch(address, request) {
      const { status, headers, body } = await open(address, request);
      const init = { status, headers: headers.entries() };
      return new Response(body === null ? null : new Uint8Array(await buffer(body)), init);
    },
    close: () => connections.close(),
  };
}

async function firstThatConnects(
  routes: readonly Route[],
  send: (route: Route) => Promise<NetworkAnswer>,
): Promise<NetworkAnswer> {
  const [route = { kind: 'direct' }, ...others] = routes;
  try {
    return await send(route);
  } catch (thrown) {
    if (others.length > 0 && thrown instanceof NetworkError && mayWorkElsewhere(thrown))
      return firstThatConnects(others, send);
    throw thrown;
  }
}

const mayWorkElsewhere = ({ sent, reason }: NetworkError): boolean =>
  !sent && ['dns', 'refused', 'offline', 'interrupted'].includes(reason);
