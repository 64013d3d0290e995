import { createHash } from 'node:crypto';

/** The path that issuers share who cannot be mixed up, and that one other issuer may hold. */
export const bareCallbackPath = '/callback';

/** The callback path that belongs to one issuer alone: a code sent to it cannot be another issuer's (RFC 9700 4.4.2). */
export function callbackPathFor(issuer: string): string {
  const hash = createHash('sha256').update(issuer).digest('hex');
  return `${bareCallbackPath}/${hash.slice(0, 8)}`;
}
