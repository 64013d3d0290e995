import type { Clock } from '../base/clock';
import { failed, failure, success } from '../base/failure';
import type { Failure, Result } from '../base/failure';
import { NetworkError, networkFailure, retryAfterMs } from '../base/net';
import type { CallersCodes, Network, NetworkRequest } from '../base/net';
import { delay } from '../base/delay';

export interface RetryOptions {
  readonly network: Network;
  readonly clock: Clock;
  /** How often to ask at most; a GET changes nothing, so asking again is safe. */
  readonly tries: number;
  readonly codes: CallersCodes;
  readonly signal?: AbortSignal;
}

/** Milliseconds between tries, each give or take half, so that many computers do not come back together. */
const pauses = [500, 2000, 8000];
const longestRetryAfterMs = 60_000;

/** One try's outcome: an answer to judge, or a failure that another try may mend. */
type Try =
  | { readonly kind: 'answer'; readonly response: Response }
  | { readonly kind: 'final'; readonly failure: Failure }
  | { readonly kind: 'again'; readonly failure: Failure; readonly afterMs?: number };

/** GETs an address until it answers something other than 429 or 5xx. A `Retry-After` up to 60 s earns one more try. */
export async function getWithRetries(
  url: string,
  request: NetworkRequest,
  options: RetryOptions,
): Promise<Result<Response>> {
  let asked: number | undefined;
  for (let tried = 1; ; tried++) {
    const outcome = await tryOnce(url, request, options);
    if (outcome.kind === 'answer') return success(outcome.response);
    const isLast = outcome.kind === 'final' || tried >= options.tries || asked !== undefined;
    if (isLast) return { ok: false, failure: outcome.failure };
    asked = outcome.afterMs;
    if (asked !== undefined && asked > longestRetryAfterMs) return { ok: false, failure: outcome.failure };
    const pause = asked ?? (pauses[tried - 1] ?? 8000) * (0.5 + Math.random());
    if (!(await delay(pause, options))) return failed('OP_STALE');
  }
}

async function tryOnce(url: string, request: NetworkRequest, options: RetryOptions): Promise<Try> {
  const { network, clock, codes, signal } = options;
  try {
    const response = await network.fetch(url, { ...request, ...(signal !== undefined && { signal }) });
    if (response.status !== 429 && response.status < 500) return { kind: 'answer', response };
    const afterMs = retryAfterMs(response.headers, clock.now());
    const code = response.status === 429 ? 'IDP_RATE_LIMITED' : 'IDP_UNAVAILABLE';
    return {
      kind: 'again',
      failure: failure(code, { host: new URL(url).host }),
      ...(afterMs !== undefined && { afterMs }),
    };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    if (error.reason === 'aborted') return { kind: 'final', failure: failure('OP_STALE') };
    return {
      kind: mayPass(error) ? 'again' : 'final',
      failure: networkFailure(error, codes),
    };
  }
}

const passing: ReadonlySet<string> = new Set(['dns', 'offline', 'refused', 'timeout', 'interrupted']);

const mayPass = ({ reason }: NetworkError): boolean => passing.has(reason);
