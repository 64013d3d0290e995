import { createHmac } from 'node:crypto';
import type { Door } from './admit';

/**
 * HMAC-SHA-256 under the token over nonce and port, as hex: shows a client that whoever listens on the port holds the
 * token of gateway.json, before the client sends it. The port keeps another program from passing the question on to us.
 */
export function proofOfIdentity(nonce: string, { port, token }: Door): string {
  return createHmac('sha256', token.reveal()).update(`${nonce}${port}`).digest('hex');
}
