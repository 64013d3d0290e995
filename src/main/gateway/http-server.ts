import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { admit, type Door } from './admit';
import { type Answer, refusal } from './answer';

const mostAtOnce = 64;
/** Besides the requests that are answered: connections that are kept open between two, and those that never ask. */
const mostConnections = 512;
const maxHeaderBytes = 16 * 1024;
/** How long a request may take to arrive, head and body. */
const slowestRequestMs = 10_000;
/** Longer than any registry may take, so that it only ends connections of callers that stopped reading. */
const idleMs = 90_000;

/** On every answer: nothing is guessed from content, embedded by a page, or kept by a cache unless the registry says so. */
const usualHeaders = [
  ['x-content-type-options', 'nosniff'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['cache-control', 'no-store'],
] as const;

/**
 * The HTTP server below fastify: what it lets through has been admitted, fastify's own answers to bad addresses included.
 * @param door asked at each request, since the port is known only once it listens
 */
export function createGuardedServer(
  handler: RequestListener,
  door: () => Door,
  requestMs = slowestRequestMs,
): Server {
  let running = 0;
  const server = createServer(
    {
      maxHeaderSize: maxHeaderBytes,
      // A missing Host gets the same answer as a wrong one.
      requireHostHeader: false,
      insecureHTTPParser: false,
      headersTimeout: requestMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: requestMs / 10,
    },
    (request, response) => {
      for (const [name, value] of usualHeaders) response.setHeader(name, value);
      const admission = admit(request, door());
      if (admission.kind === 'refused') {
        send(response, admission.answer);
        return;
      }
      if (admission.kind === 'admitted') {
        if (running >= mostAtOnce) {
          send(response, refusal('too_many_requests', { headers: { 'retry-after': '1' } }));
          return;
        }
        running += 1;
        response.once('close', () => {
          running -= 1;
        });
      }
      handler(request, response);
    },
  );
  server.maxConnections = mostConnections;
  server.setTimeout(idleMs);
  server.on('connect', destroy);
  server.on('upgrade', destroy);
  server.on('clientError', answerBadBytes);
  return server;
}

/** Also for what never reached fastify. */
function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Neither a tunnel nor another protocol is ever spoken here. */
const destroy = (_request: IncomingMessage, socket: { destroy(): void }): void => {
  socket.destroy();
};

/** What is not HTTP, or ambiguous HTTP (RFC 9112 11.2), ends its connection, so that nothing behind it is read. */
function answerBadBytes(
  error: NodeJS.ErrnoException,
  socket: Pick<Socket, 'writable' | 'end' | 'destroy'>,
): void {
  const status = statusOfBadBytes[error.code ?? ''] ?? '400 Bad Request';
  if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  else socket.destroy();
}

const statusOfBadBytes: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
