import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createGzip } from 'node:zlib';

/** One way to answer a request, well or badly. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export type Headers = Readonly<Record<string, string>>;

/** JSON, with a status. The body may be anything, also what no correct server would send. */
export function json(status: number, body: unknown, headers: Headers = {}): Answer {
  return text(status, 'application/json', JSON.stringify(body), headers);
}

/** Any body under any content type; an empty type sends no header. */
export function text(status: number, contentType: string, body: string, headers: Headers = {}): Answer {
  return (_request, response) => {
    const type: Headers = contentType === '' ? {} : { 'content-type': contentType };
    response.writeHead(status, { 'cache-control': 'no-store', ...type, ...headers });
    response.end(body);
  };
}

/** What a captive portal, a proxy or a crashed application server sends. */
export function html(status = 200): Answer {
  return text(
    status,
    'text/html; charset=utf-8',
    '<!doctype html><title>Sign in to this Wi-Fi</title><p>Welcome.</p>',
  );
}

export function empty(status: number, headers: Headers = {}): Answer {
  return text(status, '', '', headers);
}

export function redirect(location: string, status: 301 | 302 | 303 | 307 | 308 = 302): Answer {
  return empty(status, { location });
}

/** Bytes exactly as given, status line and headers included; then the connection ends. */
export function rawBytes(bytes: string | Uint8Array): Answer {
  return (request) => {
    request.socket.end(bytes);
  };
}

/** Takes the request and never answers. The connection stays open until the server closes. */
export const stall: Answer = () => undefined;

/** Sends the headers of a JSON answer, and never its body. */
export const stallAfterHeaders: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
};

/** Breaks the connection without an answer: the client sees ECONNRESET. */
export const reset: Answer = (request) => {
  request.socket.resetAndDestroy();
};

/** Announces the whole body, sends the first part of it, and breaks the connection. */
export function truncated(body: unknown, sentBytes = 10): Answer {
  return (request, response) => {
    const whole = Buffer.from(JSON.stringify(body));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length });
    response.write(whole.subarray(0, sentBytes), () => request.socket.resetAndDestroy());
  };
}

/** A body that comes byte by byte. */
export function drip(body: unknown, msPerByte: number): Answer {
  return async (_request, response) => {
    const bytes = Buffer.from(JSON.stringify(body));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
    for (let at = 0; at < bytes.length && !response.destroyed; at++) {
      response.write(bytes.subarray(at, at + 1));
      await wait(msPerByte, undefined, { ref: false });
    }
    response.end();
  };
}

/** How a large body announces its length: truthfully, not at all (chunked), or with a lie. */
export type LengthHeader = 'honest' | 'absent' | number;

/** A valid JSON document of this many bytes. With a lie for a length, the connection breaks after the last byte. */
export function huge(bytes: number, length: LengthHeader = 'honest'): Answer {
  return async (request, response) => {
    if (typeof length === 'number') {
      // Past Node's own writer, which would refuse to send more than it announced.
      const { socket } = request;
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`);
      await pipeline(Readable.from(padding(bytes)), socket).catch(left);
      return;
    }
    const announced = length === 'honest' ? { 'content-length': bytes } : {};
    response.writeHead(200, { 'content-type': 'application/json', ...announced });
    await pipeline(Readable.from(padding(bytes)), response).catch(left);
  };
}

/** A small body that is this many bytes once decompressed. */
export function gzipBomb(decodedBytes: number): Answer {
  return async (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    await pipeline(Readable.from(padding(decodedBytes)), createGzip({ level: 9 }), response).catch(left);
  };
}

/** Answers as `answer` does, only later. */
export function late(ms: number, answer: Answer): Answer {
  return async (request, response) => {
    await wait(ms, undefined, { ref: false });
    await answer(request, response);
  };
}

/** A client that has had enough and leaves is what such answers are for. */
function left(): void {
  return undefined;
}

function* padding(bytes: number): Generator<string> {
  const [head, tail] = ['{"padding":"', '"}'];
  const chunk = ' '.repeat(64 * 1024);
  yield head;
  for (let rest = bytes - head.length - tail.length; rest > 0; rest -= chunk.length)
    yield chunk.slice(0, rest);
  yield tail;
}
