import type { Readable } from 'node:stream';
import type { AddressRule } from './addresses';

/** What a request needs of an `AbortSignal`: one that costs less than Node's own may take its place. */
export interface EndSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What a request may say besides what `fetch` knows. */
export interface NetworkRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
  /** For everything together: connecting, headers and the whole body. Default 15 000. */
  readonly deadlineMs?: number;
  /** For everything until the headers are there. Default: only the deadline of the whole counts. */
  readonly headersDeadlineMs?: number;
  /** Most bytes of the decoded body. Default 1 MiB. */
  readonly maxBytes?: number;
  /** Default `any`. */
  readonly addresses?: AddressRule;
  /** A connection of its own, closed afterwards: nothing can be lost to a stale keep-alive socket. */
  readonly fresh?: boolean;
  readonly signal?: EndSignal;
  /** Learns the address of each new connection that goes straight to the host, not through a proxy. */
  readonly onConnected?: (address: string) => void;
}

/** The one way out of the app. Redirects are never followed; a 3xx answer is returned as it is. */
export interface Network {
  /**
   * Sends one request and reads its answer to the end, within the deadline and the cap; never retries.
   * @throws NetworkError for everything that keeps a complete answer from arriving, and nothing else
   */
  fetch(url: string, request?: NetworkRequest): Promise<Response>;
}

/** An answer whose headers are there and whose body is on its way. */
export interface NetworkAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Pick<Headers, 'get'> & { entries(): [string, string][] };
  /** Null where there is none by definition, such as for HEAD. */
  readonly body: Readable | null;
  /** Bytes of the body, where the sender said so and nothing had to be decoded. */
  readonly length?: number | undefined;
  /** The whole body where all of it is here already; it counts as read then. Where it is absent or gives nothing, `body` is to be read. */
  readonly takeWhole?: () => Buffer | undefined;
}

/** The same way out, for a body that is passed on while it arrives. */
export interface NetworkStreams {
  /**
   * Sends one request and answers as soon as the headers are there. The body arrives as it is read and is never held
   * whole; it fails with a NetworkError at the deadline, above the cap, or when the connection breaks. It must be read
   * to its end or destroyed; destroying it, or the caller's signal, ends the request on the wire.
   * @throws NetworkError for everything that keeps the headers from arriving, and nothing else
   */
  open(url: string, request?: NetworkRequest): Promise<NetworkAnswer>;
}
