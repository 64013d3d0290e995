import type { IncomingMessage } from 'node:http';
import { Secret } from '../base/secret';

/** What a request to the listener is, before any state is looked at. */
export type CallbackRequest =
  | { readonly kind: 'refused'; readonly status: 404 | 405 | 421 | 431 }
  | {
      readonly kind: 'callback';
      /** Scheme, host and path as they were asked for; compared with the redirect URI of the state's flow. */
      readonly target: string;
      /** Absent when there is none, an empty one, or more than one. */
      readonly state?: string;
      readonly query: Secret;
    };

const longestQuery = 8 * 1024;

/**
 * Reads a request to the listener. The host must be exactly one of ours, once (a rebound name is another), and the path
 * exactly one that a running flow registered; no spelling of either is normalised.
 */
export function readCallbackRequest(
  request: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>,
  redirectUris: ReadonlySet<string>,
): CallbackRequest {
  const hosts = headerValues(request.rawHeaders, 'host');
  const [host = ''] = hosts;
  const ours = [...redirectUris].map((uri) => new URL(uri));
  if (hosts.length !== 1 || !ours.some((uri) => uri.host === host)) return refused(421);
  if (request.method !== 'GET') return refused(405);
  const [path = '', ...rest] = (request.url ?? '').split('?');
  const query = rest.join('?');
  if (query.length > longestQuery) return refused(431);
  const target = `http://${host}${path}`;
  if (!redirectUris.has(target)) return refused(404);
  const [state, ...others] = new URLSearchParams(query).getAll('state');
  const isUsable = state !== undefined && state !== '' && others.length === 0;
  return { kind: 'callback', target, query: new Secret(query), ...(isUsable && { state }) };
}

const refused = (status: 404 | 405 | 421 | 431): CallbackRequest => ({ kind: 'refused', status });

function headerValues(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.flatMap((header, index) =>
    index % 2 === 0 && header.toLowerCase() === name ? [rawHeaders[index + 1] ?? ''] : [],
  );
}
