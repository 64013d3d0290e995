import { timingSafeEqual } from 'node:crypto';
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
  const { method = '', url = '' } = request;
  const headers = judgedHeaders(request.rawHeaders);
  if (!isOurHost(headers.host, door.port)) return refused('misdirected_request');
  if (isFromPage(headers.origin, headers['sec-fetch-site'])) return refused('forbidden_origin');
  // Printable ASCII from the root: no absolute form (RFC 9112 3.2.2), no fragment.
  if (!/^\/[\x21\x22\x24-\x7e]*$/.test(url)) return refused('bad_request');
  if (!methods.includes(method)) return refused('method_not_allowed', { allow: methods.join(', ') });
  if (isHealth(url)) return { kind: 'public' };
  if (!hasToken(headers.authorization, door.token))
    return refused('unauthorized', { 'www-authenticate': 'Bearer' });
  const body = bodyOf(headers['content-length'], headers['transfer-encoding']);
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

function hasToken([sent, ...others]: readonly string[], token: Secret): boolean {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(sent ?? '') ?? [];
  return isSameToken(given, token.reveal()) && others.length === 0;
}

/**
 * In a time that tells nothing of our token but its length, which is no secret: as many bytes of what was sent as ours
 * has are compared, all of them always, and zeros where it is shorter.
 */
function isSameToken(given: string, ours: string): boolean {
  const expected = Buffer.from(ours);
  const sent = Buffer.alloc(expected.length);
  sent.write(given);
  return timingSafeEqual(sent, expected) && given.length === ours.length;
}

function bodyOf(lengths: readonly string[], encodings: readonly string[]): 'none' | 'some' | 'too-large' {
  const length = Number(lengths[0] ?? 0);
  if (length > mostBodyBytes) return 'too-large';
  return length > 0 || encodings.length > 0 ? 'some' : 'none';
}

/** All that is judged, from one pass: of each name every value, in the order in which they came. */
function judgedHeaders(rawHeaders: readonly string[]) {
  const found: Record<JudgedHeader, string[]> = {
    host: [],
    origin: [],
    'sec-fetch-site': [],
    authorization: [],
    'content-length': [],
    'transfer-encoding': [],
  };
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (isOneOf(found, name)) found[name].push(rawHeaders[index + 1] ?? '');
  }
  return found;
}

type JudgedHeader =
  'host' | 'origin' | 'sec-fetch-site' | 'authorization' | 'content-length' | 'transfer-encoding';

const isOneOf = <T extends object>(headers: T, name: PropertyKey): name is keyof T =>
  Object.hasOwn(headers, name);
