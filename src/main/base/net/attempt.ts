import type { Clock } from '../clock';
import type { NetworkRequest } from './network';
import { NetworkError, type NetworkReason } from './network-error';

const usualDeadlineMs = 15_000;

/** One request on its way, to the end of its body: its end by deadline or by the caller, and whether anything of it was sent. */
export class Attempt {
  readonly url: URL;
  readonly request: NetworkRequest;
  sent = false;
  readonly #atFinish: (() => void)[];
  readonly #stopHeadersDeadline: () => void;
  #endedBy: 'timeout' | 'aborted' | undefined;
  #endStep: (error: NetworkError) => void = () => undefined;

  constructor(url: URL, request: NetworkRequest, clock: Pick<Clock, 'after'>) {
    this.url = url;
    this.request = request;
    const timeOut = () => {
      this.#end('timeout');
    };
    const { deadlineMs = usualDeadlineMs, headersDeadlineMs = deadlineMs, signal } = request;
    this.#stopHeadersDeadline =
      headersDeadlineMs < deadlineMs ? clock.after(headersDeadlineMs, timeOut) : () => undefined;
    this.#atFinish = [
      this.#stopHeadersDeadline,
      clock.after(deadlineMs, timeOut),
      () => signal?.removeEventListener('abort', this.#onAbort),
    ];
    if (signal?.aborted === true) this.#end('aborted');
    else signal?.addEventListener('abort', this.#onAbort, { once: true });
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
    this.#stopHeadersDeadline();
  }

  onFinish(callback: () => void): void {
    this.#atFinish.push(callback);
  }

  finish(): void {
    for (const callback of this.#atFinish.splice(0)) callback();
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
