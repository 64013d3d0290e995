import type { ServerResponse } from 'node:http';
import type { EndSignal } from '../base/net';

type Sent = Pick<ServerResponse, 'destroyed' | 'writableFinished' | 'once' | 'off'>;

/** Says that the caller is gone before the whole answer was sent: the response's own end, without an `AbortController` for each. */
export class CallerLeft implements EndSignal {
  readonly #response: Sent;

  constructor(response: Sent) {
    this.#response = response;
  }

  get aborted(): boolean {
    return this.#response.destroyed && !this.#response.writableFinished;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#response.once('close', listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#response.off('close', listener);
  }
}
