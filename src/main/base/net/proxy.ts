import type { SecureContext } from 'node:tls';
import { Pool, ProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import { ConnectRefusal } from './classify';
import { tlsTrust } from './connector';

/** How a request leaves this computer. */
export type Route = { readonly kind: 'direct' } | { readonly kind: 'proxy'; readonly uri: string };

/**
 * Answers with a list as proxy auto-configuration does: `DIRECT`, `PROXY host:port`, `HTTPS host:port` or
 * `SOCKS5 host:port`, separated by `;`, to be tried in that order. Electron's `session.resolveProxy` has this shape.
 */
export type ResolveProxy = (url: string) => Promise<string>;

const schemes: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks5',
};

/**
 * The routes of such a list; an empty one means direct. Kinds we do not speak (`SOCKS`, which means version 4, and
 * `QUIC`) are left out, and a list of nothing else gives no route: whoever prescribes a proxy does not want it avoided.
 */
export function routesOf(list: string): readonly Route[] {
  if (list.trim() === '') return [{ kind: 'direct' }];
  return list.split(';').flatMap((entry): Route[] => {
    const [kind = '', address = ''] = entry.trim().split(/\s+/, 2);
    if (kind.toUpperCase() === 'DIRECT') return [{ kind: 'direct' }];
    const scheme = schemes[kind.toUpperCase()];
    const uri = `${scheme ?? ''}://${address}`;
    return scheme === undefined || address === '' || !URL.canParse(uri) ? [] : [{ kind: 'proxy', uri }];
  });
}

export function proxyDispatcher(uri: string, trust: SecureContext | undefined): Dispatcher {
  const tls = tlsTrust(trust);
  return new ProxyAgent({
    uri,
    ...(trust === undefined ? {} : { requestTls: tls, proxyTls: tls }),
    clientFactory: (origin, options) => new ProxyConnections(origin, options),
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

/** The connections to one proxy; gives its refusals a name before undici turns them into a sentence. */
class ProxyConnections extends Pool {
  override async connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
  override async connect(...args: unknown[]): Promise<Dispatcher.ConnectData> {
    const answer = await super.connect(args[0] as Dispatcher.ConnectOptions);
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => undefined).destroy();
    throw new ConnectRefusal(answer.statusCode === 407 ? 'proxy-auth' : 'refused');
  }
}
