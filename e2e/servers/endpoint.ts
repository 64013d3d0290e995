import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answers';

/** One request as it arrived, secrets included. */
export interface EndpointRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Query and form parameters together. */
  readonly params: URLSearchParams;
}

/** Requests that a test keeps waiting. */
export interface Hold {
  /** Resolves when the first request has got this far. */
  readonly arrived: Promise<void>;
  /** Lets all go on, those waiting and those to come. */
  release(): void;
}

export type Handler = (request: EndpointRequest) => Answer | Promise<Answer>;

/** One address of a server: it answers correctly until a test tells it otherwise. */
export class Endpoint {
  /** Every request so far, oldest first. */
  readonly requests: EndpointRequest[] = [];
  readonly #correct: Handler;
  readonly #isAside: (request: EndpointRequest) => boolean;
  #standing: Handler | undefined;
  readonly #next: Handler[] = [];
  #before: Gate | undefined;
  #after: Gate | undefined;

  /** @param isAside requests that leave the answers of {@link answerOnce} for the next one */
  constructor(correct: Handler, isAside: (request: EndpointRequest) => boolean = () => false) {
    this.#correct = correct;
    this.#isAside = isAside;
  }

  get count(): number {
    return this.requests.length;
  }

  /** Answers like this from now on. */
  answerWith(answer: Answer | { readonly handle: Handler }): void {
    this.#standing = handlerOf(answer);
  }

  /** Answers the next request like this; several calls queue up. */
  answerOnce(answer: Answer | { readonly handle: Handler }): void {
    this.#next.push(handlerOf(answer));
  }

  /** Answers correctly again. */
  behave(): void {
    this.#standing = undefined;
    this.#next.length = 0;
  }

  /** Keeps requests waiting before anything is done with them. */
  holdRequests(): Hold {
    this.#before = gate();
    return this.#before.hold;
  }

  /** Does what was asked (a code is used up, a token is rotated), and keeps the answer back. */
  holdAnswers(): Hold {
    this.#after = gate();
    return this.#after.hold;
  }

  /** The correct answer, for tests that change a part of it. */
  correctAnswer(request: EndpointRequest): Answer | Promise<Answer> {
    return this.#correct(request);
  }

  /** Records the request and answers it. A client that leaves meanwhile is no failure of the server. */
  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    noted: (seen: EndpointRequest) => void = () => undefined,
  ): Promise<void> {
    const seen = await seenRequest(request).catch(() => undefined);
    if (seen === undefined) return;
    this.requests.push(seen);
    noted(seen);
    await this.#before?.pass();
    const once = this.#isAside(seen) ? undefined : this.#next.shift();
    const handler = once ?? this.#standing ?? this.#correct;
    const answer = await handler(seen);
    await this.#after?.pass();
    await answer(request, response);
  }
}

interface Gate {
  readonly hold: Hold;
  pass(): Promise<void>;
}

function gate(): Gate {
  let arrive: () => void = () => undefined;
  let open: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    hold: {
      arrived,
      release: () => {
        open();
      },
    },
    pass: () => {
      arrive();
      return opened;
    },
  };
}

function handlerOf(answer: Answer | { readonly handle: Handler }): Handler {
  return typeof answer === 'function' ? () => answer : answer.handle;
}

async function seenRequest(request: IncomingMessage): Promise<EndpointRequest> {
  const target = request.url ?? '/';
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const params = new URLSearchParams(target.split('?')[1] ?? '');
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
      params.append(name, value);
  }
  return { method: request.method ?? 'GET', target, headers: request.headers, params };
}
