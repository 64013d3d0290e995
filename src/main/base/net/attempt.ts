import type { Cancel, Clock } from '../clock';
import type { NetworkRequest } from './network';
import { NetworkError, type NetworkReason } from './network-error';

const usualDeadlineMs = 15_000;

/** One request on its way, to the end of its body: its end by deadline or by the caller, and whether anything of it was sent. */
export class Attempt {
  readonly url: URL;
  readonly request: NetworkRequest;
  sent = false;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #atFinish: (() => void)[] = [];
  /** One timer at a time: most requests are over before the first deadline. */
  #stopTimer: Cancel;
  #hasHeaders = false;
  #endedBy: 'timeout' | 'aborted' | undefined;
  #endStep: (error: NetworkError) => void = () => undefined;

  constructor(url: URL, request: NetworkRequest, clock: Pick<Clock, 'after'>) {
    this.url = url;
    this.request = request;
    this.#clock = clock;
    const { deadlineMs = usualDeadlineMs, headersDeadlineMs = deadlineMs, signal } = request;
    const firstMs = Math.min(headersDeadlineMs, deadlineMs);
    this.#stopTimer = clock.after(firstMs, () => {
      if (this.#hasHeaders) this.#waitForRest(deadlineMs - firstMs);
      else this.#end('timeout');
    });
    if (signal?.aborted === true) this.#end('aborted');
    else signal?.addEventListener('abort', this.#onAbort);
  }

  get isEnded(): boolean {
    return this.#endedBy !== undefined;
  }

  /** Says what ends the step that is under way, at once if the end has come already. The steps take turns. */
  onEnd(endStep: (error: NetworkError) => void): void {
    this.#endStep = endStep;
    if (this.isEnded) endStep(this.error('interrupted'));
  }

  unlessEnded<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.onEnd(reject);
      promise.then(resolve, reject);
    });
  }

  error(reason: NetworkReason): NetworkError {
    return new NetworkError(this.#endedBy ?? reason, this.url.host, this.sent);
  }

  headersArrived(): void {
    this.#hasHeaders = true;
  }

  onFinish(callback: () => void): void {
    this.#atFinish.push(callback);
  }

  finish(): void {
    this.#stopTimer();
    this.request.signal?.removeEventListener('abort', this.#onAbort);
    for (const callback of this.#atFinish.splice(0)) callback();
  }

  #waitForRest(ms: number): void {
    this.#stopTimer = this.#clock.after(ms, () => {
      this.#end('timeout');
    });
  }

  readonly #onAbort = (): void => {
    this.#end('aborted');
  };

  #end(by: 'timeout' | 'aborted'): void {
    this.#endedBy ??= by;
    this.#endStep(this.error('interrupted'));
    // A body that nobody reads any more would otherwise keep its connection.
    this.finish();
  }
}
