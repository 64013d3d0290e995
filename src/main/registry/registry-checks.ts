import type { Reachability } from '../../contract/view-model';
import type { Clock } from '../base/clock';
import { failed, type Failure, type Result, success } from '../base/failure';
import type { Network } from '../base/net';
import type { Secret } from '../base/secret';
import type { Registry } from '../config';
import { askRegistry, type RegistryReply } from './ask-registry';

/** The one question that every registry answers (MCP Registry API v0.1). */
const probe = '/v0.1/servers?limit=1&version=latest';

interface Services {
  readonly network: Network;
  readonly clock: Clock;
  readonly registry: (id: string) => Registry | undefined;
  readonly accessToken: (id: string, options: { force: boolean }) => Promise<Result<Secret>>;
  readonly changed: (id: string) => void;
  /** Told when a registry took a token, and when it refused one that was just issued. */
  readonly judged: (id: string, verdict: Result<void>) => void;
}

/** Whether each registry really answers; asked on a person's "Check now" and after a sign-in, never before the first one. */
export class RegistryChecks {
  readonly #services: Services;
  readonly #known = new Map<string, Reachability>();
  readonly #running = new Map<string, Promise<Result<void>>>();

  constructor(services: Services) {
    this.#services = services;
  }

  reachability(id: string): Reachability | undefined {
    return this.#known.get(id);
  }

  /** Drops what is known, because the session it was asked with is gone. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  /** Asks the registry with the session's token; a second call joins the running one. */
  check(id: string): Promise<Result<void>> {
    const running = this.#running.get(id) ?? this.#check(id).finally(() => this.#running.delete(id));
    this.#running.set(id, running);
    return running;
  }

  async #check(id: string): Promise<Result<void>> {
    const registry = this.#services.registry(id);
    if (registry === undefined || registry.blocked !== undefined) return failed('OP_STALE');
    this.#know(id, { kind: 'checking' });
    const result = await this.#ask(registry);
    // A registry that was edited or removed meanwhile is another one.
    if (this.#services.registry(id)?.url !== registry.url) return failed('OP_STALE');
    const checkedAt = this.#services.clock.now();
    if (result.ok || result.failure.code === 'REGISTRY_REJECTED_TOKEN') this.#services.judged(id, result);
    this.#know(id, result.ok ? { kind: 'answers', checkedAt } : this.#failing(result.failure, checkedAt));
    return result;
  }

  /** 401 with a token: one forced refresh and one retry, as the registry may know of a revocation before we do. */
  async #ask(registry: Registry): Promise<Result<void>> {
    if (registry.auth.type !== 'oauth') return verdict(registry, await this.#send(registry));
    const first = await this.#sendWithToken(registry, false);
    if (!first.ok || first.value.status !== 401) return verdict(registry, first);
    const second = await this.#sendWithToken(registry, true);
    if (second.ok && second.value.status === 401)
      return failed('REGISTRY_REJECTED_TOKEN', { name: registry.name });
    return verdict(registry, second);
  }

  async #sendWithToken(registry: Registry, force: boolean): Promise<Result<RegistryReply>> {
    const token = await this.#services.accessToken(registry.id, { force });
    return token.ok ? this.#send(registry, token.value) : token;
  }

  #send({ url, allowPrivateIp }: Registry, token?: Secret): Promise<Result<RegistryReply>> {
    return askRegistry(this.#services.network, {
      base: url,
      path: probe,
      allowPrivateIp,
      ...(token !== undefined && { token }),
    });
  }

  #failing(problem: Failure, checkedAt: number): Reachability {
    return { kind: 'fails', checkedAt, problem };
  }

  #know(id: string, reachability: Reachability): void {
    this.#known.set(id, reachability);
    this.#services.changed(id);
  }
}

function verdict({ name, url }: Registry, reply: Result<RegistryReply>): Result<void> {
  if (!reply.ok) return reply;
  const { host } = new URL(url);
  const { status, body } = reply.value;
  if (status === 401) return failed('REGISTRY_NEEDS_SIGN_IN', { name });
  if (status === 403) return failed('REGISTRY_FORBIDDEN', { name });
  if (status === 404) return failed('REGISTRY_NOT_FOUND', { url });
  if (status >= 500) return failed('REGISTRY_UNAVAILABLE', { host });
  return status >= 200 && status < 300 && isServerList(body)
    ? success(undefined)
    : failed('REGISTRY_NOT_A_REGISTRY', { host });
}

function isServerList(body: string): boolean {
  try {
    const answer: unknown = JSON.parse(body);
    return (
      typeof answer === 'object' && answer !== null && 'servers' in answer && Array.isArray(answer.servers)
    );
  } catch {
    return false;
  }
}
