import type { IncomingHttpHeaders } from 'node:http';

/** What describes the transfer is no longer true of the decoded body. */
const transferHeaders = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

/** The headers of an answer that say something of its content; read like `Headers`, without their cost of a copy. */
export class AnswerHeaders implements Pick<Headers, 'get'> {
  readonly #received: IncomingHttpHeaders;

  /** @param received names in lower case */
  constructor(received: IncomingHttpHeaders) {
    this.#received = received;
  }

  /** Several of one name are joined, as in RFC 9110 5.3. */
  get(name: string): string | null {
    if (transferHeaders.has(name) || !Object.hasOwn(this.#received, name)) return null;
    const value = this.#received[name];
    return typeof value === 'string' ? value : [value].flat().join(', ');
  }

  entries(): [string, string][] {
    return Object.entries(this.#received).flatMap(([name, values]) =>
      transferHeaders.has(name) ? [] : [values ?? []].flat().map((value): [string, string] => [name, value]),
    );
  }
}
