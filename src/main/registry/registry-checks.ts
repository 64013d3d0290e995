import { codes } from '../../contract/codes';
import type { Reachability } from '../../contract/view-model';
import type { Cancel, Clock } from '../base/clock';
import { failed, type Failure, type Result } from '../base/failure';
import type { Registry } from '../config';
import { probeRegistry } from './probe-registry';
import type { RegistryClient } from './registry-client';
import { isSameRegistry } from './registry-kind';

interface Services {
  readonly client: Pick<RegistryClient, 'request'>;
  readonly clock: Clock;
  readonly registry: (id: string) => Registry | undefined;
  readonly changed: (id: string) => void;
}

/** When a registry that cannot be reached is asked again: after this long, twice as long each time, up to the longest. */
const firstPauseMs = 60_000;
const longestPauseMs = 15 * 60_000;

/** Whether each registry really answers; asked on a person's "Check now" and after a sign-in, never before the first one. */
export class RegistryChecks {
  readonly #services: Services;
  readonly #known = new Map<string, Reachability>();
  readonly #running = new Map<string, Promise<Result<void>>>();
  /** Counts what was dropped, so that a late answer does not bring it back. */
  readonly #forgotten = new Map<string, number>();
  readonly #again = new Map<string, { readonly cancel: Cancel; readonly pauseMs: number }>();

  constructor(services: Services) {
    this.#services = services;
  }

  reachability(id: string): Reachability | undefined {
    return this.#known.get(id);
  }

  /** Drops what is known, because the session it was asked with is gone. */
  forget(id: string): void {
    this.#forgotten.set(id, this.#timesForgotten(id) + 1);
    this.#known.delete(id);
    this.#stopAgain(id);
  }

  /** Stops asking by itself, because the app quits. */
  close(): void {
    for (const id of [...this.#again.keys()]) this.#stopAgain(id);
  }

  /** Asks the registry with its own token; a second call joins the running one. */
  check(id: string): Promise<Result<void>> {
    const running = this.#running.get(id) ?? this.#check(id).finally(() => this.#running.delete(id));
    this.#running.set(id, running);
    return running;
  }

  /** Takes over what a question to the registry showed, this one's own or another's such as for its list. */
  learn(id: string, result: Result<void>): void {
    const checkedAt = this.#services.clock.now();
    if (result.ok) this.#know(id, { kind: 'answers', checkedAt });
    else if (saysNothingOfRegistry(result.failure)) this.#know(id, undefined);
    else this.#know(id, { kind: 'fails', checkedAt, problem: result.failure });
    this.#askAgainIfUnreachable(id, result);
  }

  async #check(id: string): Promise<Result<void>> {
    const { client, clock, registry: configured } = this.#services;
    const registry = configured(id);
    if (registry === undefined || registry.blocked !== undefined) return failed('OP_STALE');
    this.#know(id, { kind: 'checking' });
    const before = this.#timesForgotten(id);
    const result = await probeRegistry(client, clock, registry);
    // Edited or removed meanwhile: another one, of which nothing is known.
    if (!isSameRegistry(configured(id), registry)) this.forget(id);
    if (this.#timesForgotten(id) !== before) return failed('OP_STALE');
    this.learn(id, result);
    return result;
  }

  /** "Gatepass checks again by itself": only for what passes without anybody's doing. */
  #askAgainIfUnreachable(id: string, result: Result<void>): void {
    const before = this.#again.get(id);
    this.#stopAgain(id);
    if (result.ok || codes[result.failure.code] !== 'app') return;
    const pauseMs = before === undefined ? firstPauseMs : Math.min(before.pauseMs * 2, longestPauseMs);
    const cancel = this.#services.clock.after(pauseMs, () => void this.check(id));
    this.#again.set(id, { cancel, pauseMs });
  }

  #timesForgotten(id: string): number {
    return this.#forgotten.get(id) ?? 0;
  }

  #stopAgain(id: string): void {
    this.#again.get(id)?.cancel();
    this.#again.delete(id);
  }

  #know(id: string, reachability: Reachability | undefined): void {
    if (reachability === undefined) this.#known.delete(id);
    else this.#known.set(id, reachability);
    this.#services.changed(id);
  }
}

/** Nobody is signed in, or the keychain or the disk gave no token, so the registry was not asked. */
const saysNothingOfRegistry = ({ code }: Failure): boolean =>
  code === 'REGISTRY_AUTH_REQUIRED' || code.startsWith('STORE_');
