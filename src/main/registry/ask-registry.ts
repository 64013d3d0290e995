import { failed, type Result, success } from '../base/failure';
import { type Network, NetworkError, networkFailure, retryAfterMs } from '../base/net';
import type { Secret } from '../base/secret';

/** One question to a registry. */
export interface RegistryQuestion {
  /** Base URL as configured. */
  readonly base: string;
  /** Below the base, with query, such as `/v0.1/servers?limit=1`. */
  readonly path: string;
  readonly allowPrivateIp: boolean;
  /** Sent as Bearer token (RFC 6750 2.1); absent for a registry that needs no sign-in. */
  readonly token?: Secret;
}

export interface RegistryReply {
  readonly status: number;
  readonly body: string;
}

const mostRedirects = 5;
const deadlineMs = 60_000;
const mostBytes = 16 * 1024 * 1024;
const failureCodes = {
  tooLarge: 'REGISTRY_NOT_A_REGISTRY',
  forbiddenAddress: 'REGISTRY_PRIVATE_ADDRESS',
} as const;

/**
 * Asks a registry and reads its reply to the end. Redirects are followed by hand and within the origin only, so that the
 * token never reaches another one. Failures: NET_*, REGISTRY_PRIVATE_ADDRESS, REGISTRY_UNAVAILABLE (429 and 503, with
 * the seconds it asks to wait), REGISTRY_NOT_A_REGISTRY (redirected away, or too large).
 */
export async function askRegistry(
  network: Network,
  question: RegistryQuestion,
  signal?: AbortSignal,
): Promise<Result<RegistryReply>> {
  const { origin, host } = new URL(question.base);
  let url = question.base.replace(/\/$/, '') + question.path;
  try {
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const response = await network.fetch(url, requestFor(question, signal));
      const next = redirectTarget(response, url);
      if (next === undefined) return await replyOf(response, host);
      if (next.origin !== origin) return failed('REGISTRY_NOT_A_REGISTRY', { host, actual: next.host });
      url = next.href;
    }
    return failed('REGISTRY_NOT_A_REGISTRY', { host });
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { ok: false, failure: networkFailure(error, failureCodes) };
  }
}

function requestFor({ allowPrivateIp, token }: RegistryQuestion, signal: AbortSignal | undefined) {
  return {
    headers: {
      accept: 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token.reveal()}` }),
    },
    addresses: allowPrivateIp ? ('any' as const) : ('public' as const),
    deadlineMs,
    maxBytes: mostBytes,
    ...(signal !== undefined && { signal }),
  };
}

function redirectTarget(response: Response, from: string): URL | undefined {
  const location = response.headers.get('location');
  if (response.status < 300 || response.status > 399 || location === null) return undefined;
  return URL.canParse(location, from) ? new URL(location, from) : undefined;
}

async function replyOf(response: Response, host: string): Promise<Result<RegistryReply>> {
  const { status, headers } = response;
  if (status === 429 || status === 503) {
    const wait = retryAfterMs(headers, Date.now());
    return failed('REGISTRY_UNAVAILABLE', {
      host,
      ...(wait !== undefined && { seconds: Math.ceil(wait / 1000) }),
    });
  }
  return success({ status, body: await response.text() });
}
