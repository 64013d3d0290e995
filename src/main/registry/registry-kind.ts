import type { Registry } from '../config';

/**
 * How a registry is asked: as configured; else a file where the address ends in `.json`, and the MCP Registry API
 * everywhere else, which the first answer proves or not.
 */
export function kindOf({ kind, url }: Pick<Registry, 'kind' | 'url'>): 'api' | 'static' {
  return kind ?? (URL.parse(url)?.pathname.endsWith('.json') === true ? 'static' : 'api');
}

/** Whether a token for the one belongs to the other as well: same address, same way to sign in. */
export function isSameRegistry(one: Registry | undefined, other: Registry): boolean {
  if (one === other) return true;
  return (
    one?.url === other.url &&
    one.allowPrivateIp === other.allowPrivateIp &&
    JSON.stringify(one.auth) === JSON.stringify(other.auth)
  );
}
