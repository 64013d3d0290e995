import { Secret } from '../../base/secret';

/** Longer than any token that fits into a header. */
export const longestToken = 16 * 1024;

/**
 * The token that a text consists of (RFC 6750 2.1, `b64token`), with or without the word "Bearer" before it and white
 * space around it; undefined when it is anything else, so that nothing else is ever put into a header.
 */
export function tokenIn(text: string): Secret | undefined {
  const [, token] = /^\s*(?:Bearer\s+)?([A-Za-z0-9\-._~+/]+=*)\s*$/i.exec(text) ?? [];
  return token === undefined || token.length > longestToken ? undefined : new Secret(token);
}
