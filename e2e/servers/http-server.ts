import { createServer as createPlainServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** A certificate chain and its private key, both PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

export interface ListenOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** With it the server speaks HTTPS only. */
  readonly tls?: TlsIdentity;
  /** The name in the server's own URLs. It listens on 127.0.0.1 in either case. */
  readonly hostName?: '127.0.0.1' | 'localhost';
}

export interface RunningServer {
  readonly port: number;
  /** Scheme, host and port, without a trailing slash. */
  readonly origin: string;
  /** Stops listening and drops every open connection. */
  close(): Promise<void>;
}

/** Starts a server on the IPv4 loopback address; `handlerOf` learns the origin, for handlers that name it. */
export async function listen(
  options: ListenOptions,
  handlerOf: (origin: string) => RequestListener | Promise<RequestListener>,
): Promise<RunningServer> {
  const server: Server =
    options.tls === undefined ? createPlainServer() : createTlsServer({ ...options.tls });
  // By hand: `closeAllConnections` knows neither connections without a request nor raw answers.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const scheme = options.tls === undefined ? 'http' : 'https';
  const origin = `${scheme}://${options.hostName ?? '127.0.0.1'}:${port}`;
  server.on('request', await handlerOf(origin));
  return {
    port,
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An origin on which nobody listens: connections to it are refused. */
export async function unusedOrigin(): Promise<string> {
  const server = await listen({}, () => () => undefined);
  await server.close();
  return server.origin;
}
