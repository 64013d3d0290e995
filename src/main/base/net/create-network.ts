import { isDeepStrictEqual } from 'node:util';
import { Agent, fetch as undiciFetch } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock';
import { isAllowedThroughProxy, guardedConnector, resolveBySystem } from './connector';
import type { ResolveName } from './connector';
import { reasonOf } from './classify';
import type { Network, NetworkRequest, NetworkStreams } from './network';
import { NetworkError } from './network-error';
import type { NetworkReason } from './network-error';
import { proxyDispatcher, routesOf } from './proxy';
import type { ResolveProxy, Route } from './proxy';
import { streamedBody, TooLarge } from './streamed-body';
import { trustFor } from './trust';

export interface NetworkOptions {
  readonly resolveProxy: ResolveProxy;
  readonly clock: Pick<Clock, 'after'>;
  /** Certificate authorities an administrator added, PEM; asked for each request. Default: none. */
  readonly extraCa?: () => Promise<readonly string[]>;
  /** Sent with every request, as in `Gatepass/1.0.0`. */
  readonly userAgent?: string;
  /** Default: the operating system's. */
  readonly resolve?: ResolveName;
}

interface Trust {
  /** What was added. */
  readonly extra: readonly string[];
  /** All of them together; undefined: those built into the runtime. */
  readonly context: ReturnType<typeof trustFor>;
}

const usualDeadlineMs = 15_000;
const usualMaxBytes = 1024 * 1024;

export function createNetwork(
  options: NetworkOptions,
): Network & NetworkStreams & { close(): Promise<void> } {
  const { extraCa = () => Promise.resolve([]) } = options;
  const resolve = options.resolve ?? resolveBySystem;
  let trust: Trust = { extra: [], context: trustFor([]) };
  const pooled = new Map<string, Dispatcher>();
  /** Connections under an earlier trust: those in use come to the end of their request. */
  const retired = new Set<Dispatcher>();

  const followTrust = async (): Promise<void> => {
    const extra = await extraCa();
    if (isDeepStrictEqual(extra, trust.extra)) return;
    trust = { extra, context: trustFor(extra) };
    for (const dispatcher of pooled.values()) {
      retired.add(dispatcher);
      void dispatcher.close().then(() => retired.delete(dispatcher));
    }
    pooled.clear();
  };

  const connectionsFor = (route: Route, { addresses = 'any', onConnected }: NetworkRequest): Dispatcher => {
    const context = trust.context();
    return route.kind === 'proxy'
      ? proxyDispatcher(route.uri, context)
      : new Agent({
          connect: guardedConnector({
            rule: addresses,
            resolve,
            trust: context,
            ...(onConnected !== undefined && { onConnected }),
          }),
          headersTimeout: 0,
          bodyTimeout: 0,
        });
  };

  const pooledFor = (route: Route, request: NetworkRequest): Dispatcher => {
    const key = route.kind === 'proxy' ? route.uri : (request.addresses ?? 'any');
    const dispatcher = pooled.get(key) ?? connectionsFor(route, request);
    pooled.set(key, dispatcher);
    return dispatcher;
  };

  const sendBy = (route: Route, attempt: Attempt): Promise<Response> => {
    const { url, request } = attempt;
    if (route.kind === 'proxy' && !isAllowedThroughProxy(url, request.addresses ?? 'any'))
      throw attempt.error('forbidden-address');
    if (request.fresh !== true && request.onConnected === undefined)
      return send(attempt, pooledFor(route, request), options.userAgent);
    const own = connectionsFor(route, request);
    attempt.onFinish(() => void own.destroy());
    return send(attempt, own, options.userAgent);
  };

  const open: NetworkStreams['open'] = async (address, request = {}) => {
    const attempt = new Attempt(new URL(address), request, options.clock);
    try {
      const list = await attempt.unlessEnded(options.resolveProxy(address).catch(() => 'DIRECT'));
      await attempt.unlessEnded(followTrust());
      const routes = routesOf(list);
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
      return new Response(body === null ? null : await wholeOf(body), { status, headers });
    },
    async close() {
      await Promise.all([...pooled.values(), ...retired].map((dispatcher) => dispatcher.destroy()));
      pooled.clear();
    },
  };
}

/** One request on its way, to the end of its body: its end by deadline or by the caller, and whether anything of it was sent. */
class Attempt {
  readonly url: URL;
  readonly request: NetworkRequest;
  sent = false;
  readonly #controller = new AbortController();
  readonly #atFinish: (() => void)[];
  readonly #stopHeadersDeadline: () => void;
  #endedBy: 'timeout' | 'aborted' | undefined;

  constructor(url: URL, request: NetworkRequest, clock: Pick<Clock, 'after'>) {
    this.url = url;
    this.request = request;
    const timeOut = () => {
      this.#end('timeout');
    };
    const { deadlineMs = usualDeadlineMs, headersDeadlineMs = deadlineMs, signal } = request;
    this.#stopHeadersDeadline = clock.after(headersDeadlineMs, timeOut);
    this.#atFinish = [
      this.#stopHeadersDeadline,
      clock.after(deadlineMs, timeOut),
      () => signal?.removeEventListener('abort', this.#onAbort),
    ];
    if (signal?.aborted === true) this.#end('aborted');
    signal?.addEventListener('abort', this.#onAbort, { once: true });
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
    // A body that nobody reads any more would otherwise keep its connection.
    this.finish();
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

  headersArrived(): void {
    this.#stopHeadersDeadline();
  }

  onFinish(callback: () => void): void {
    this.#atFinish.push(callback);
  }

  finish(): void {
    for (const callback of this.#atFinish.splice(0)) callback();
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
  const failure = (thrown: unknown) =>
    attempt.error(thrown instanceof TooLarge ? 'too-large' : reasonOf(thrown));
  try {
    const answer = await undiciFetch(attempt.url, {
      method: request.method ?? 'GET',
      headers: { ...request.headers, ...(userAgent !== undefined && { 'user-agent': userAgent }) },
      ...(request.body !== undefined && { body: request.body }),
      redirect: 'manual',
      signal: attempt.signal,
      dispatcher: dispatcher.compose(noticeSending(attempt)),
    });
    attempt.headersArrived();
    const init = { status: answer.status, headers: trueHeaders([...answer.headers]) };
    if (answer.body === null || statusesWithoutBody.has(answer.status)) {
      attempt.finish();
      return new Response(null, init);
    }
    const ended = () => {
      attempt.finish();
    };
    const maxBytes = request.maxBytes ?? usualMaxBytes;
    return new Response(streamedBody(answer.body, { maxBytes, failure, ended }), init);
  } catch (thrown) {
    throw failure(thrown);
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

const trueHeaders = (headers: [string, string][]): [string, string][] =>
  headers.filter(([name]) => !transferHeaders.has(name));

async function wholeOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}
