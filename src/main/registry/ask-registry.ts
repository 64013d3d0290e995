import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { failed, type Result, success } from '../base/failure';
import {
  type EndSignal,
  type NetworkAnswer,
  NetworkError,
  networkFailure,
  type NetworkStreams,
} from '../base/net';
import type { Secret } from '../base/secret';

/** One question to a registry. */
export interface RegistryQuestion {
  /** Base URL as configured. */
  readonly base: string;
  /** Below the base, with query, such as `/v0.1/servers?limit=1`; empty for the base itself. */
  readonly path: string;
  readonly method?: 'GET' | 'HEAD';
  /** Sent as they are, beside the token. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly allowPrivateIp: boolean;
  /** Sent as Bearer token (RFC 6750 2.1); absent for a registry that needs no sign-in. */
  readonly token?: Secret;
  /** For the whole answer, in milliseconds. Default 60 000. */
  readonly deadlineMs?: number;
  /** Most bytes of a success. Default 16 MiB. */
  readonly maxBytes?: number;
}

const mostRedirects = 5;
const usualDeadlineMs = 60_000;
const headersDeadlineMs = 10_000;
const usualMostBytes = 16 * 1024 * 1024;
const mostErrorBytes = 4 * 1024;
const failureCodes = {
  tooLarge: 'REGISTRY_ANSWER_TOO_LARGE',
  forbiddenAddress: 'REGISTRY_PRIVATE_ADDRESS',
} as const;

/**
 * Asks a registry; answers as soon as the headers of its reply are there. Redirects are followed by hand and within the
 * origin only, so that the token never reaches another one. The body of a success arrives as it is read, up to 16 MiB
 * ({@link wholeText} reads it to its end); that of an error is cut at 4 KiB. It must be read or destroyed.
 *
 * Failures: NET_*, REGISTRY_PRIVATE_ADDRESS, REGISTRY_REDIRECTED, REGISTRY_NOT_FOUND for a path that leads out of the base.
 */
export async function askRegistry(
  network: NetworkStreams,
  question: RegistryQuestion,
  signal?: EndSignal,
): Promise<Result<NetworkAnswer>> {
  const address = addressOf(question);
  if (address === undefined) return failed('REGISTRY_NOT_FOUND', { url: question.base });
  const { origin, host } = address;
  return withoutThrowing(async () => {
    let url = address;
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const response = await network.open(url.href, requestFor(question, signal));
      const next = redirectTarget(response, url);
      if (next === undefined)
        return success(response.status < 400 ? response : await withShortError(response));
      response.body?.destroy();
      if (next.origin !== origin)
        return failed('REGISTRY_REDIRECTED', { host, actual: next.host === '' ? next.protocol : next.host });
      url = next;
    }
    return failed('REGISTRY_REDIRECTED', { host, actual: host });
  });
}

/** The body to its end, as text. Failures: NET_* when it breaks off, REGISTRY_ANSWER_TOO_LARGE. */
export function wholeText(response: NetworkAnswer): Promise<Result<string>> {
  return withoutThrowing(async () => success(response.body === null ? '' : await text(response.body)));
}

/** The address asked for: below the base, whatever dots the path holds. */
function addressOf({ base, path }: RegistryQuestion): URL | undefined {
  const trimmed = path === '' ? base : base.replace(/\/$/, '');
  const [from, url] = [URL.parse(trimmed), URL.parse(trimmed + path)];
  if (from === null || url?.origin !== from.origin) return undefined;
  return path === '' || url.pathname.startsWith(`${from.pathname.replace(/\/$/, '')}/`) ? url : undefined;
}

function requestFor(question: RegistryQuestion, signal: EndSignal | undefined) {
  const { method = 'GET', headers, allowPrivateIp, token } = question;
  const { deadlineMs = usualDeadlineMs, maxBytes = usualMostBytes } = question;
  return {
    method,
    headers: {
      accept: 'application/json',
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token.reveal()}` }),
    },
    addresses: allowPrivateIp ? ('any' as const) : ('public' as const),
    deadlineMs,
    headersDeadlineMs: Math.min(headersDeadlineMs, deadlineMs),
    maxBytes,
    ...(signal !== undefined && { signal }),
  };
}

function redirectTarget(response: NetworkAnswer, from: URL): URL | undefined {
  const location = response.headers.get('location');
  if (response.status < 300 || response.status > 399 || location === null) return undefined;
  return URL.parse(location, from.href) ?? undefined;
}

/** An error's body is for a person or a log at most: what is past the cap is not even read. */
async function withShortError(response: NetworkAnswer): Promise<NetworkAnswer> {
  const { status, headers, body } = response;
  if (body === null) return response;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.byteLength;
    if (length >= mostErrorBytes) break;
  }
  const short = Buffer.concat(pieces).subarray(0, mostErrorBytes);
  return { status, headers, body: Readable.from([short], { objectMode: false }), length: short.byteLength };
}

async function withoutThrowing<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { ok: false, failure: networkFailure(error, failureCodes) };
  }
}
