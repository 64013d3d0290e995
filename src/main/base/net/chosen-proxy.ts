import { isLocalhostName, kindOfAddress, literalAddress } from './addresses';
import type { ResolveProxy } from './proxy';

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'socks5:': '1080' };
const kinds: Readonly<Record<string, string>> = { 'http:': 'PROXY', 'https:': 'HTTPS', 'socks5:': 'SOCKS5' };

/** Whether a text is an address of a proxy: a kind we speak, a host, a port if any, and nothing else. */
export const isProxyAddress = (text: string): boolean => proxyList(text) !== undefined;

/**
 * The way out as a setting says: `system`, `direct`, or one proxy for everything. Asked anew for each request. This
 * computer itself is never asked for through a chosen proxy, which would look for it at its own place.
 * @param setting a value of the setting `proxy`
 */
export function chosenProxy(setting: () => string, system: ResolveProxy): ResolveProxy {
  return (url) => {
    const chosen = setting();
    if (chosen === 'system') return system(url);
    const list = proxyList(chosen);
    return Promise.resolve(list === undefined || isThisComputer(new URL(url).hostname) ? 'DIRECT' : list);
  };
}

/** As proxy auto-configuration writes it: `PROXY host:port`. */
function proxyList(text: string): string | undefined {
  if (!/^(https?|socks5):\/\/[^/?#@\s]+\/?$/i.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port } = new URL(text);
  if (hostname === '') return undefined;
  return `${kinds[protocol] ?? ''} ${hostname}:${port === '' ? (defaultPorts[protocol] ?? '') : port}`;
}

function isThisComputer(hostname: string): boolean {
  const literal = literalAddress(hostname);
  if (literal === undefined) return isLocalhostName(hostname);
  return kindOfAddress(literal) === 'private' && /^(127\.|::1$)/.test(literal);
}
