import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { AnswerBody } from './answer-body';
import { AnswerHeaders } from './answer-headers';
import type { Attempt } from './attempt';
import { reasonOf } from './classify';
import { acceptedCodings } from './decoder';
import type { NetworkAnswer, NetworkRequest } from './network';
import type { NetworkError } from './network-error';
import { type BodySink, receiveBody } from './receive-body';

/**
 * Sends a request over a connection of the dispatcher, and answers when the headers are there. Speaks undici's own
 * protocol of events: `fetch` and web streams on top of it cost as much again as the whole exchange.
 */
export function exchange(
  attempt: Attempt,
  dispatcher: Dispatcher,
  userAgent: string | undefined,
): Promise<NetworkAnswer> {
  const { url, request } = attempt;
  return new Promise((resolve, reject) => {
    const handler = new Exchange(attempt, resolve, reject);
    attempt.onEnd((error) => {
      handler.end(error);
    });
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method ?? 'GET',
        headers: headersOf(request, userAgent),
        body: request.body === undefined ? null : String(request.body),
      },
      handler,
    );
  });
}

function headersOf({ headers, body }: NetworkRequest, userAgent: string | undefined) {
  return {
    accept: '*/*',
    'accept-encoding': acceptedCodings,
    ...(body instanceof URLSearchParams && {
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    }),
    ...headers,
    ...(userAgent !== undefined && { 'user-agent': userAgent }),
  };
}

/** Where the sender said so. */
function lengthOf(headers: IncomingHttpHeaders): number | undefined {
  const length = Number(headers['content-length']);
  return Number.isNaN(length) ? undefined : length;
}

const statusesWithoutBody = new Set([204, 205, 304]);

class Exchange implements Dispatcher.DispatchHandler {
  readonly #attempt: Attempt;
  readonly #answer: (answer: NetworkAnswer) => void;
  readonly #fail: (error: NetworkError) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #answered: { readonly body: AnswerBody; readonly sink: BodySink } | 'without body' | undefined;

  constructor(
    attempt: Attempt,
    answer: (answer: NetworkAnswer) => void,
    fail: (error: NetworkError) => void,
  ) {
    this.#attempt = attempt;
    this.#answer = answer;
    this.#fail = fail;
  }

  /** Ends the exchange from our side. */
  end(error: NetworkError): void {
    if (typeof this.#answered === 'object') this.#answered.body.destroy(error);
    this.#controller?.abort(error);
    this.#fail(error);
  }

  /** undici starts a request when it writes it to a connection that is open; until then nothing has left. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#attempt.isEnded) {
      controller.abort(this.#attempt.error('interrupted'));
      return;
    }
    this.#controller = controller;
    this.#attempt.sent = true;
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // What comes before the answer (RFC 9110 15.2).
    if (status < 200) return;
    // No status at all (RFC 9110 15): whoever passes it on could not.
    if (status > 599) throw new Error('Not a status');
    const attempt = this.#attempt;
    attempt.headersArrived();
    const answerHeaders = new AnswerHeaders(headers);
    if (attempt.request.method === 'HEAD' || statusesWithoutBody.has(status)) {
      this.#answered = 'without body';
      this.#answer({ status, headers: answerHeaders, body: null });
      return;
    }
    const coding = headers['content-encoding'];
    this.#answered = receiveBody(attempt, controller, coding);
    const { body } = this.#answered;
    const takeWhole = () => body.takeWhole();
    const length = coding === undefined ? lengthOf(headers) : undefined;
    this.#answer({ status, headers: answerHeaders, body, takeWhole, length });
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    if (typeof this.#answered === 'object' && !this.#answered.sink.receive(piece)) controller.pause();
  }

  onResponseEnd(): void {
    if (typeof this.#answered === 'object') this.#answered.sink.finish();
    else this.#attempt.finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, thrown: Error): void {
    const error = this.#attempt.error(reasonOf(thrown));
    if (typeof this.#answered === 'object') this.#answered.body.destroy(error);
    else if (this.#answered !== undefined) this.#attempt.finish();
    this.#fail(error);
  }
}
