import type { Clock } from '../base/clock';
import { failed, type Failure, failure, type Result } from '../base/failure';
import { type EndSignal, type NetworkAnswer, type NetworkStreams, retryAfterMs } from '../base/net';
import type { Secret } from '../base/secret';
import type { Registry } from '../config';
import { askRegistry, type RegistryQuestion } from './ask-registry';
import { isSameRegistry, kindOf } from './registry-kind';

/** What to ask a registry for; see {@link RegistryQuestion}. Headers of a caller may not carry a token of its own. */
export interface RegistryRequest extends Pick<RegistryQuestion, 'path' | 'method' | 'deadlineMs'> {
  readonly headers?: Readonly<Partial<Record<'accept' | 'if-none-match', string>>>;
  /**
   * `origin` for the few addresses that stand at the root of the host. What is there may be another program's, so its
   * answer says nothing of the session, and asks for no pause of the registry. Default: below the base URL.
   */
  readonly below?: 'base' | 'origin';
  readonly signal?: EndSignal;
}

interface Services {
  readonly network: NetworkStreams;
  readonly clock: Clock;
  /** The registry of an id as configured now. */
  readonly registry: (id: string) => Registry | undefined;
  /** @param options `refused`: the token that the registry just said no to; `force` with it means another one, if any */
  readonly accessToken: (
    id: string,
    options: { force: boolean; refused?: Secret },
  ) => Promise<Result<Secret>>;
  /** Told what a registry said to the session's token: that it takes it, or that it refused one just issued. */
  readonly judged: (id: string, verdict: Result<void>) => void;
}

/** A registry is left alone for as long as it asks, but a lie of a year does not last that long. */
const longestPauseMs = 60_000;

/** The one door to registries: every request of the app and of the gateway goes through {@link request}. */
export class RegistryClient {
  readonly #services: Services;
  /** Until when a registry asked to be left alone (`Retry-After`), by URL; monotonic milliseconds. */
  readonly #pauses = new Map<string, number>();

  constructor(services: Services) {
    this.#services = services;
  }

  /**
   * Sends one request with the registry's own token, and answers as soon as the headers of the reply are there; its body
   * streams, and must be read or destroyed. The token goes to the registry's origin only, redirects stay within it, and
   * the address it resolves to is judged when connecting. On 401 the session is refreshed once, and the request repeated
   * once. Any other status is an answer, 404, 429 and 5xx included.
   *
   * Failures: OP_STALE (the registry was edited or removed meanwhile), why it is blocked, REGISTRY_AUTH_REQUIRED and what
   * else a session says, REGISTRY_REJECTED_TOKEN (401 for a token just issued), REGISTRY_NEEDS_SIGN_IN (401 without a
   * sign-in), REGISTRY_FILE_NEEDS_SIGN_IN (a static file that asks for one), REGISTRY_FORBIDDEN (403),
   * REGISTRY_UNAVAILABLE (asked to be left alone, `seconds` long), and those of {@link askRegistry}.
   */
  async request(registry: Registry, request: RegistryRequest): Promise<Result<NetworkAnswer>> {
    if (registry.blocked !== undefined) return { ok: false, failure: registry.blocked };
    const pause = this.#pauseOf(registry);
    if (pause !== undefined) return { ok: false, failure: pause };
    const answer = await this.#ask(registry, request);
    if (!answer.ok) return answer;
    if (request.below !== 'origin') this.#notePause(registry, answer.value);
    return answer.value.status === 403 ? this.#forbidden(registry, answer.value) : answer;
  }

  async #ask(registry: Registry, request: RegistryRequest): Promise<Result<NetworkAnswer>> {
    const { type } = registry.auth;
    if ((type !== 'oauth' && type !== 'bearer') || kindOf(registry) === 'static')
      return this.#askWithoutToken(registry, request);
    const token = await this.#token(registry, { force: false });
    if (!token.ok) return token;
    const first = await this.#send(registry, request, token.value);
    if (!first.ok || request.below === 'origin') return first;
    if (first.value.status !== 401) return this.#judged(registry, first);
    first.value.body?.destroy();
    // The registry may know of a revocation before we do.
    const next = await this.#token(registry, { force: true, refused: token.value });
    if (!next.ok) return next;
    const second = await this.#send(registry, request, next.value);
    if (!second.ok) return second;
    if (second.value.status !== 401) return this.#judged(registry, second);
    second.value.body?.destroy();
    return this.#judged(registry, failed('REGISTRY_REJECTED_TOKEN', { name: registry.name }));
  }

  async #token(registry: Registry, options: { force: boolean; refused?: Secret }): Promise<Result<Secret>> {
    const token = await this.#services.accessToken(registry.id, options);
    // The token is of the registry as it is configured now; it must not go to the one it was before.
    return isSameRegistry(this.#services.registry(registry.id), registry) ? token : failed('OP_STALE');
  }

  async #askWithoutToken(registry: Registry, request: RegistryRequest): Promise<Result<NetworkAnswer>> {
    const answer = await this.#send(registry, request);
    if (!answer.ok || (answer.value.status !== 401 && answer.value.status !== 403)) return answer;
    const isFile = kindOf(registry) === 'static';
    if (answer.value.status === 403 && !isFile) return answer;
    answer.value.body?.destroy();
    return failed(isFile ? 'REGISTRY_FILE_NEEDS_SIGN_IN' : 'REGISTRY_NEEDS_SIGN_IN', { name: registry.name });
  }

  #send(
    { url, allowPrivateIp }: Registry,
    { path, below = 'base', method, headers, deadlineMs, signal }: RegistryRequest,
    token?: Secret,
  ): Promise<Result<NetworkAnswer>> {
    const question = {
      base: below === 'base' ? url : new URL(url).origin,
      path,
      allowPrivateIp,
      ...(method !== undefined && { method }),
      ...(headers !== undefined && { headers }),
      ...(deadlineMs !== undefined && { deadlineMs }),
      ...(token !== undefined && { token }),
    };
    return askRegistry(this.#services.network, question, signal);
  }

  /** A token that was taken and one that was refused are both news to the session; a broken server says nothing of it. */
  #judged(registry: Registry, answer: Result<NetworkAnswer>): Result<NetworkAnswer> {
    if (!answer.ok) this.#services.judged(registry.id, answer);
    else if (answer.value.status < 400 || answer.value.status === 403)
      this.#services.judged(registry.id, { ok: true, value: undefined });
    return answer;
  }

  #forbidden({ name }: Registry, answer: NetworkAnswer): Result<never> {
    answer.body?.destroy();
    return failed('REGISTRY_FORBIDDEN', { name });
  }

  #notePause({ url }: Registry, { status, headers }: NetworkAnswer): void {
    if (status !== 429 && status !== 503) return;
    const { clock } = this.#services;
    const asked = retryAfterMs(headers, clock.now());
    if (asked !== undefined) this.#pauses.set(url, clock.monotonic() + Math.min(asked, longestPauseMs));
  }

  #pauseOf({ url }: Registry): Failure | undefined {
    const rest = (this.#pauses.get(url) ?? 0) - this.#services.clock.monotonic();
    if (rest <= 0) {
      this.#pauses.delete(url);
      return undefined;
    }
    return failure('REGISTRY_UNAVAILABLE', { host: new URL(url).host, seconds: Math.ceil(rest / 1000) });
  }
}
