import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Secret } from '../base/secret';
import { type Answer, refusal } from './answer';
import type { WireCode } from './wire-error';

/** What is ours: the port the gateway listens on, and the token of this start. */
export interface Door {
  readonly port: number;
  readonly token: Secret;
}

type RawRequest = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>;

/** `public`: answered without the token. */
type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'public' }
  | { readonly kind: 'refused'; readonly answer: Answer };

export const mostBodyBytes = 1024 * 1024;
const methods = ['GET', 'HEAD', 'POST'];

/**
 * Judges a request before anything else looks at it, routing included, from the headers as they arrived: a header that
 * came twice is no header at all. In this order: who it is for (DNS rebinding brings another host name), whether a page
 * sent it, whether it is well-formed, and last whether it has the token.
 */
export function admit(request: RawRequest, door: Door): Admission {
  const { method = '', url = '', rawHeaders } = request;
  const header = (name: string) => headerValues(rawHeaders, name);
  if (!isOurHost(header('host'), door.port)) return refused('misdirected_request');
  if (isFromPage(header('origin'), header('sec-fetch-site'))) return refused('forbidden_origin');
  // Printable ASCII from the root: no absolute form (RFC 9112 3.2.2), no fragment.
  if (!/^\/[\x21\x22\x24-\x7e]*$/.test(url)) return refused('bad_request');
  if (!methods.includes(method)) return refused('method_not_allowed', { allow: methods.join(', ') });
  if (isHealth(url)) return { kind: 'public' };
  if (!hasToken(header('authorization'), door.token))
    return refused('unauthorized', { 'www-authenticate': 'Bearer' });
  const body = bodyOf(header('content-length'), header('transfer-encoding'));
  if (body === 'too-large') return refused('payload_too_large', { connection: 'close' });
  if (body === 'some' && method !== 'POST') return refused('bad_request', { connection: 'close' });
  return { kind: 'admitted' };
}

function refused(code: WireCode, headers: Record<string, string> = {}): Admission {
  return { kind: 'refused', answer: refusal(code, { headers }) };
}

const isHealth = (url: string): boolean => url === '/health' || url.startsWith('/health?');

function isOurHost([host, ...others]: readonly string[], port: number): boolean {
  return others.length === 0 && (host === `127.0.0.1:${port}` || host === `localhost:${port}`);
}

/**
 * Browsers send `Origin` with everything a page may read or change, and `Sec-Fetch-Site` (Fetch Metadata) with the rest,
 * such as an image; only what a person typed says `none`.
 */
function isFromPage(origins: readonly string[], sites: readonly string[]): boolean {
  return origins.length > 0 || sites.some((site) => site !== 'none');
}

/** Digests are compared, so that neither content nor length of what was sent shows in the time it takes. */
function hasToken([sent, ...others]: readonly string[], token: Secret): boolean {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(sent ?? '') ?? [];
  return timingSafeEqual(digest(given), digest(token.reveal())) && others.length === 0;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function bodyOf(lengths: readonly string[], encodings: readonly string[]): 'none' | 'some' | 'too-large' {
  const length = Number(lengths[0] ?? 0);
  if (length > mostBodyBytes) return 'too-large';
  return length > 0 || encodings.length > 0 ? 'some' : 'none';
}

function headerValues(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.flatMap((header, index) =>
    index % 2 === 0 && header.toLowerCase() === name ? [rawHeaders[index + 1] ?? ''] : [],
  );
}
