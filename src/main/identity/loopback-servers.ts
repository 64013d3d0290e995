import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock';

/** Room for the cookies that other programs' pages on localhost have left in the browser. */
const maxHeaderBytes = 64 * 1024;
/** How long answers that are being written may take once nothing is waited for any more. */
const farewellMs = 50;
/** A browser opens connections in advance, and other programs for no reason; neither may pile up. */
const idleMs = 30_000;

export type LoopbackAddress = '127.0.0.1' | '::1';

/** One port on one or both loopback addresses. */
export class LoopbackServers {
  readonly #port: number;
  readonly #onRequest: RequestListener;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #servers = new Map<LoopbackAddress, Server>();
  readonly #sockets = new Set<Socket>();
  readonly #answering = new Set<Socket>();

  constructor(port: number, onRequest: RequestListener, clock: Pick<Clock, 'after'>) {
    this.#port = port;
    this.#onRequest = onRequest;
    this.#clock = clock;
  }

  /** @throws the error of `listen`, with its code, when the address cannot be had */
  async bind(address: LoopbackAddress): Promise<void> {
    if (this.#servers.has(address)) return;
    const server = this.#create();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: address, port: this.#port, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    server.on('error', () => undefined);
    this.#servers.set(address, server);
  }

  /**
   * Stops listening at once and drops every connection but those whose answer is still being written; they get 50 ms.
   * Resolves when the port is free.
   */
  async close(): Promise<void> {
    const closed = [...this.#servers.values()].map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
        }),
    );
    this.#servers.clear();
    for (const socket of this.#sockets) if (!this.#answering.has(socket)) socket.destroy();
    const stop = this.#clock.after(farewellMs, () => {
      for (const socket of this.#sockets) socket.destroy();
    });
    await Promise.all(closed);
    stop();
  }

  #create(): Server {
    const server = createServer({
      maxHeaderSize: maxHeaderBytes,
      requireHostHeader: false,
      headersTimeout: 10_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
    });
    server.setTimeout(idleMs);
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => {
        this.#sockets.delete(socket);
        this.#answering.delete(socket);
      });
    });
    server.on('request', (request, response) => {
      this.#answering.add(request.socket);
      response.once('close', () => this.#answering.delete(request.socket));
      this.#onRequest(request, response);
    });
    // Neither a tunnel nor another protocol is ever spoken here, and a request for one is no callback.
    server.on('connect', (_request, socket) => socket.destroy());
    server.on('upgrade', (_request, socket) => socket.destroy());
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      if (error.code === 'HPE_HEADER_OVERFLOW' && socket.writable)
        socket.end('HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n');
      else socket.destroy();
    });
    return server;
  }
}
