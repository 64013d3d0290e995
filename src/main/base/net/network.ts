import type { AddressRule } from './addresses';

/** What a request may say besides what `fetch` knows. */
export interface NetworkRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
  /** For everything together: connecting, headers and the whole body. Default 15 000. */
  readonly deadlineMs?: number;
  /** Most bytes of the decoded body. Default 1 MiB. */
  readonly maxBytes?: number;
  /** Default `any`. */
  readonly addresses?: AddressRule;
  /** A connection of its own, closed afterwards: nothing can be lost to a stale keep-alive socket. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
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
