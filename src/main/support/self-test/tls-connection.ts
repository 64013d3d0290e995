import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { Route } from '../../base/net';

export interface SeenCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** SHA-256 over the whole certificate, as Node writes it. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch. */
  readonly validUntil: number;
}

/** What a server showed of itself, whether it is believed or not. */
export interface SeenServer {
  /** OpenSSL's word for why it is not believed; absent when it is. */
  readonly error?: string;
  readonly protocol: string;
  /** The server's own certificate first. */
  readonly chain: readonly SeenCertificate[];
}

export interface TlsTarget {
  readonly host: string;
  readonly port: number;
  readonly route: Route;
  /** Trusted authorities, PEM; absent: those built into the runtime. */
  readonly ca?: readonly string[];
}

/**
 * Opens a TLS connection only to look at its certificates: nothing is sent over it, so nothing is lost to a server that
 * is not believed. Rejects with the error of the connection when there is none.
 */
export async function lookAtServer(
  { host, port, route, ca }: TlsTarget,
  signal: AbortSignal,
): Promise<SeenServer> {
  const socket = await openSocket(host, port, route, signal);
  const stop = () => socket.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const secure = connectTls({
      socket,
      rejectUnauthorized: false,
      ...(ca !== undefined && { ca: [...ca] }),
      ...(isIP(host) === 0 ? { servername: host } : { host }),
    });
    await once(secure, 'secureConnect', { signal });
    const seen = seenServer(secure);
    secure.destroy();
    return seen;
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

async function openSocket(host: string, port: number, route: Route, signal: AbortSignal): Promise<Socket> {
  if (route.kind === 'proxy') return tunnel(host, port, new URL(route.uri), signal);
  const socket = connectPlain({ host, port });
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** RFC 9110 9.3.6. */
async function tunnel(host: string, port: number, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const asking = request({
    host: proxy.hostname,
    port: proxy.port === '' ? 80 : Number(proxy.port),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority },
    agent: false,
    signal,
  });
  asking.end();
  const [answer, socket] = (await once(asking, 'connect', { signal })) as [{ statusCode?: number }, Socket];
  if (answer.statusCode === 200) return socket;
  socket.destroy();
  throw Object.assign(new Error('The proxy refused'), {
    code: answer.statusCode === 407 ? 'PROXY_AUTH' : 'ECONNREFUSED',
  });
}

function seenServer(socket: TLSSocket): SeenServer {
  const chain: SeenCertificate[] = [];
  const seen = new Set<string>();
  // Node leaves out what a server did not send.
  let next: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true);
  while (next?.fingerprint256 !== undefined && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256);
    chain.push({
      subject: nameOf(next.subject),
      issuer: nameOf(next.issuer),
      fingerprint: next.fingerprint256,
      validUntil: Date.parse(next.valid_to ?? ''),
    });
    next = next.issuerCertificate;
  }
  const error: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? '',
    chain,
    ...(!socket.authorized && { error: typeof error === 'string' ? error : codeOf(error) }),
  };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';

/** Common name and organization, as in `R11, Let's Encrypt`. */
function nameOf(name: Partial<Record<'CN' | 'O', string | string[]>> | undefined): string {
  return [name?.CN, name?.O].flatMap((part) => part ?? []).join(', ');
}
