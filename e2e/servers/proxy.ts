import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Proxy {
  readonly url: string;
  /** What it was asked for: `CONNECT host:port`, or method and absolute address. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export interface ProxyOptions {
  /**
   * `forward` to where the client asks; `demand sign-in` answers every request with 407, as a company proxy does that
   * wants integrated Windows authentication.
   */
  readonly does: 'forward' | 'demand sign-in';
  /** Leads every tunnel to this loopback port, whatever host was asked for: a test's stand-in for the internet. */
  readonly everywherePort?: number;
}

/** A forward proxy on 127.0.0.1, for plain requests and for tunnels (RFC 9110 9.3.6). */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const refusal = 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\n\r\n';

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (options.does === 'demand sign-in') {
      response.writeHead(407, { 'proxy-authenticate': 'Negotiate' }).end();
      return;
    }
    const onward = httpRequest(
      request.url ?? '',
      { method: request.method, headers: request.headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    requests.push(`CONNECT ${request.url ?? ''}`);
    client.on('error', () => client.destroy());
    if (options.does === 'demand sign-in') {
      client.end(refusal);
      return;
    }
    const { hostname, port } = new URL(`http://${request.url ?? ''}`);
    const target =
      options.everywherePort === undefined
        ? { host: hostname, port: Number(port || 80) }
        : { host: '127.0.0.1', port: options.everywherePort };
    const upstream = connect(target, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on('error', () => client.destroy());
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
