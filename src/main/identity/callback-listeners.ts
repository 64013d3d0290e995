import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../base/clock';
import { failed, success } from '../base/failure';
import type { Result } from '../base/failure';
import type { Secret } from '../base/secret';
import { callbackPage, pageHeaders } from './callback-page';
import type { PageKind } from './callback-page';
import { readCallbackRequest } from './callback-request';
import { LoopbackServers } from './loopback-servers';

/** The query of the one request that carried the expected state to the expected redirect URI. */
export interface CallbackResponse {
  readonly query: Secret;
}

/** A flow's claim on the listener. */
export interface Expectation {
  /** Settles at most once, with the first matching request; the state is used up in the same instant. */
  readonly response: Promise<CallbackResponse>;
  /** Gives the claim up, used or not. Safe to call twice; resolves when a port no longer needed is free. */
  release(): Promise<void>;
}

export interface ExpectedCallback {
  /** `http://127.0.0.1:<port><path>` or `http://localhost:<port><path>`, exactly as registered. */
  readonly redirectUri: string;
  readonly state: string;
}

/**
 * The loopback listeners of all running flows (RFC 8252 7.3): one per port, bound when the first flow needs it and gone
 * when the last one ends. Flows are told apart by `state`, each bound to its exact redirect URI (RFC 9700 4.4).
 */
export class CallbackListeners {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #ports = new Map<number, PortListener>();
  /** Binding and closing take turns, so that a flow that starts while the port closes waits for it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  /** Fails with LOGIN_PORT_BUSY before any browser is opened when the port, in either family, belongs to another program. */
  async expect(expected: ExpectedCallback): Promise<Result<Expectation>> {
    const { hostname, port } = new URL(expected.redirectUri);
    const number = Number(port);
    return this.#inTurn(async () => {
      const listener = this.#ports.get(number) ?? new PortListener(number, this.#clock);
      const bound = await listener.bind(hostname === 'localhost');
      if (!bound) {
        if (!this.#ports.has(number)) await listener.close();
        return failed('LOGIN_PORT_BUSY', { port: number });
      }
      this.#ports.set(number, listener);
      const response = listener.expect(expected);
      return success({ response, release: () => this.#release(number, listener, expected.state) });
    });
  }

  async #release(port: number, listener: PortListener, state: string): Promise<void> {
    listener.forget(state);
    await this.#inTurn(async () => {
      if (!listener.isIdle || this.#ports.get(port) !== listener) return;
      this.#ports.delete(port);
      await listener.close();
    });
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

interface Waiting {
  readonly redirectUri: string;
  readonly deliver: (response: CallbackResponse) => void;
}

class PortListener {
  readonly #servers: LoopbackServers;
  /** Flows that hold the port, and the redirect URIs they made valid. */
  readonly #held = new Map<string, string>();
  readonly #waiting = new Map<string, Waiting>();

  constructor(port: number, clock: Pick<Clock, 'after'>) {
    this.#servers = new LoopbackServers(
      port,
      (request, response) => {
        this.#answer(request, response);
      },
      clock,
    );
  }

  get isIdle(): boolean {
    return this.#held.size === 0;
  }

  async bind(bothFamilies: boolean): Promise<boolean> {
    try {
      await this.#servers.bind('127.0.0.1');
      if (bothFamilies) await this.#servers.bind('::1').catch(unlessNoIPv6);
      return true;
    } catch {
      return false;
    }
  }

  expect({ redirectUri, state }: ExpectedCallback): Promise<CallbackResponse> {
    this.#held.set(state, redirectUri);
    return new Promise((deliver) => this.#waiting.set(state, { redirectUri, deliver }));
  }

  forget(state: string): void {
    this.#held.delete(state);
    this.#waiting.delete(state);
  }

  close(): Promise<void> {
    return this.#servers.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const read = readCallbackRequest(request, new Set(this.#held.values()));
    const language = request.headers['accept-language'];
    if (read.kind === 'refused') {
      respond(response, read.status, 'nothing-here', language);
      return;
    }
    const state = read.state ?? '';
    const waiting = this.#waiting.get(state);
    if (waiting?.redirectUri === read.target) {
      // Looked up and used up without a pause between: two identical callbacks cannot both get here.
      this.#waiting.delete(state);
      respond(response, 200, 'return', language);
      waiting.deliver({ query: read.query });
    } else if (waiting === undefined && this.#held.get(state) === read.target) {
      // The same tab once more, by reload or prefetch, while its flow is being completed.
      respond(response, 200, 'return', language);
    } else {
      respond(response, 400, 'start-again', language);
    }
  }
}

/** A machine without an IPv6 loopback needs only the first address; a port taken there by someone else is another matter. */
function unlessNoIPv6(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT' && code !== 'EPROTONOSUPPORT') throw error;
}

function respond(
  response: ServerResponse,
  status: number,
  page: PageKind,
  acceptLanguage: string | undefined,
): void {
  const body = callbackPage(page, acceptLanguage);
  const allow = status === 405 ? { Allow: 'GET' } : {};
  response.writeHead(status, {
    ...pageHeaders,
    ...allow,
    'Content-Length': String(Buffer.byteLength(body)),
  });
  response.end(body);
}
