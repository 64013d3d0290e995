type Env = Readonly<Partial<Record<string, string>>>;

const read = (env: Env, name: string): string => env[name.toLowerCase()] ?? env[name] ?? '';

/** True when NO_PROXY names the host: `*`, `host`, `.domain`, `host:port`. */
function isExcluded(list: string, { hostname, port }: URL): boolean {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [name = '', entryPort] = entry.toLowerCase().split(':');
      if (entryPort !== undefined && entryPort !== port) return false;
      const bare = name.replace(/^\*?\./, '');
      return name === '*' || hostname === bare || hostname.endsWith(`.${bare}`);
    });
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127\./.test(host);

/**
 * The answer of `session.resolveProxy` in the words of a PAC script ("DIRECT", "PROXY host:port"), from
 * HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. Loopback is never proxied, as in Chromium.
 */
export function resolveProxyFromEnvironment(url: string, env: Env): string {
  if (!URL.canParse(url)) return 'DIRECT';
  const target = new URL(url);
  if (isLoopback(target.hostname) || isExcluded(read(env, 'NO_PROXY'), target)) return 'DIRECT';
  const secure = target.protocol === 'https:' || target.protocol === 'wss:';
  const proxy = read(env, secure ? 'HTTPS_PROXY' : 'HTTP_PROXY') || read(env, 'ALL_PROXY');
  if (proxy === '') return 'DIRECT';
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (!URL.canParse(address)) return 'DIRECT';
  const { protocol, hostname, port } = new URL(address);
  switch (protocol) {
    case 'https:':
      return `HTTPS ${hostname}:${port || '443'}`;
    case 'socks5:':
    case 'socks5h:':
      return `SOCKS5 ${hostname}:${port || '1080'}`;
    case 'socks4:':
      return `SOCKS ${hostname}:${port || '1080'}`;
    default:
      return `PROXY ${hostname}:${port || '80'}`;
  }
}
