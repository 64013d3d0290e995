import { Agent, fetch as undiciFetch } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock';
import { isAllowedThroughProxy, guardedConnector, resolveBySystem } from './connector';
import type { ResolveName } from './connector';
import { reasonOf } from './classify';
import type { Network, NetworkRequest } from './network';
import { NetworkError } from './network-error';
import type { NetworkReason } from './network-error';
import { proxyDispatcher, routesOf } from './proxy';
import type { ResolveProxy, Route } from './proxy';
import { readCapped, TooLarge } from './read-capped';
import { trustedAuthorities } from './trust';

export interface NetworkOptions {
  readonly resolveProxy: ResolveProxy;
  readonly clock: Pick<Clock, 'after'>;
  /** Certificate authorities an administrator added, PEM. */
  readonly extraCa?: readonly string[];
  /** Sent with every request, as in `Gatepass/1.0.0`. */
  readonly userAgent?: string;
  /** Default: the operating system's. */
  readonly resolve?: ResolveName;
}

const usualDeadlineMs = 15_000;
const usualMaxBytes = 1024 * 1024;

export function createNetwork(options: NetworkOptions): Network & { close(): Promise<void> } {
  const ca = trustedAuthorities(options.extraCa ?? []);
  const resolve = options.resolve ?? resolveBySystem;
  const pooled = new Map<string, Dispatcher>();

  const open = (route: Route, { addresses = 'any', onConnected }: NetworkRequest): Dispatcher =>
    route.kind === 'proxy'
      ? proxyDispatcher(route.uri, ca)
      : new Agent({
          connect: guardedConnector({
            rule: addresses,
            resolve,
            ...(ca !== undefined && { ca }),
            ...(onConnected !== undefined && { onConnected }),
          }),
          headersTimeout: 0,
          bodyTimeout: 0,
        });

  const pooledFor = (route: Route, request: NetworkRequest): Dispatcher => {
    const key = route.kind === 'proxy' ? route.uri : (request.addresses ?? 'any');
    const dispatcher = pooled.get(key) ?? open(route, request);
    pooled.set(key, dispatcher);
    return dispatcher;
  };

  const sendBy = async (route: Route, attempt: Attempt): Promise<Response> => {
    const { url, request } = attempt;
    if (route.kind === 'proxy' && !isAllowedThroughProxy(url, request.addresses ?? 'any'))
      throw attempt.error('forbidden-address');
    const ownConnection = request.fresh === true || request.onConnected !== undefined;
    const dispatcher = ownConnection ? open(route, request) : pooledFor(route, request);
    try {
      return await send(attempt, dispatcher, options.userAgent);
    } finally {
      if (ownConnection) void dispatcher.destroy();
    }
  };

  return {
    async fetch(address, request = {}) {
      const attempt = new Attempt(new URL(address), request, options.clock);
      try {
        const list = await attempt.unlessEnded(options.resolveProxy(address).catch(() => 'DIRECT'));
        const routes = routesOf(list);
        if (routes.length === 0) throw attempt.error('refused');
        return await firstThatConnects(routes, (route) => sendBy(route, attempt));
      } catch (thrown) {
        throw attempt.error(thrown instanceof NetworkError ? thrown.reason : reasonOf(thrown));
      } finally {
        attempt.finish();
      }
    },
    async close() {
      await Promise.all([...pooled.values()].map((dispatcher) => dispatcher.destroy()));
      pooled.clear();
    },
  };
}

/** One request on its way: its end by deadline or by the caller, and whether anything of it was sent. */
class Attempt {
  readonly url: URL;
  readonly request: NetworkRequest;
  sent = false;
  readonly #controller = new AbortController();
  readonly #stopDeadline: () => void;
  #endedBy: 'timeout' | 'aborted' | undefined;

  constructor(url: URL, request: NetworkRequest, clock: Pick<Clock, 'after'>) {
    this.url = url;
    this.request = request;
    this.#stopDeadline = clock.after(request.deadlineMs ?? usualDeadlineMs, () => {
      this.#end('timeout');
    });
    if (request.signal?.aborted === true) this.#end('aborted');
    request.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly #onAbort = (): void => {
    this.#end('aborted');
  };

  #end(by: 'timeout' | 'aborted'): void {
    this.#endedBy ??= by;
    this.#controller.abort();
  }

  async unlessEnded<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    signal.throwIfAborted();
    return Promise.race([
      promise,
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(this.error('interrupted'));
        });
      }),
    ]);
  }

  error(reason: NetworkReason): NetworkError {
    return new NetworkError(this.#endedBy ?? reason, this.url.host, this.sent);
  }

  finish(): void {
    this.#stopDeadline();
    this.request.signal?.removeEventListener('abort', this.#onAbort);
  }
}

async function firstThatConnects(
  routes: readonly Route[],
  send: (route: Route) => Promise<Response>,
): Promise<Response> {
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

async function send(
  attempt: Attempt,
  dispatcher: Dispatcher,
  userAgent: string | undefined,
): Promise<Response> {
  const { request } = attempt;
  try {
    const answer = await undiciFetch(attempt.url, {
      method: request.method ?? 'GET',
      headers: { ...request.headers, ...(userAgent !== undefined && { 'user-agent': userAgent }) },
      ...(request.body !== undefined && { body: request.body }),
      redirect: 'manual',
      signal: attempt.signal,
      dispatcher: dispatcher.compose(noticeSending(attempt)),
    });
    const bytes = await readCapped(answer.body, request.maxBytes ?? usualMaxBytes);
    return complete(answer.status, [...answer.headers], bytes);
  } catch (thrown) {
    throw attempt.error(thrown instanceof TooLarge ? 'too-large' : reasonOf(thrown));
  }
}

/** undici starts a request when it writes it to a connection that is open; until then nothing has left. */
function noticeSending(attempt: Attempt): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        attempt.sent = true;
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    });
}

/** What described the transfer is no longer true of the decoded body. */
const transferHeaders = new Set(['content-encoding', 'content-length', 'transfer-encoding']);
const statusesWithoutBody = new Set([204, 205, 304]);

function complete(status: number, headers: [string, string][], bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(statusesWithoutBody.has(status) ? null : bytes, {
    status,
    headers: headers.filter(([name]) => !transferHeaders.has(name)),
  });
}
