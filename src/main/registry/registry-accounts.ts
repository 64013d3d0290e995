import { z } from 'zod';
import type { KnownAs } from '../../contract/view-model';
import type { Clock } from '../base/clock';
import { plainText } from '../base/failure';
import type { Registry } from '../config';
import type { SessionEvent } from '../sessions';
import { changesAccount } from './account-events';
import { jsonOf } from './json-answer';
import type { RegistryClient } from './registry-client';
import { isSameRegistry, kindOf } from './registry-kind';

interface Services {
  readonly client: Pick<RegistryClient, 'request'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The registry of an id as configured now. */
  readonly registry: (id: string) => Registry | undefined;
  readonly changed: (id: string) => void;
}

/** What a registry was asked, and what it said; absent where it has no such address. */
interface Asked {
  readonly registry: Registry;
  readonly knownAs?: KnownAs;
}

const longestMs = 5_000;
const mostRoles = 20;

const me = z.object({
  subject: z.string().transform((subject) => plainText(subject)),
  roles: z
    .array(z.string())
    .catch([])
    .transform((roles) => roles.slice(0, mostRoles).map((role) => plainText(role, 60))),
});

/**
 * As whom each registry knows the person who is signed in: `GET <origin>/v1/me`, where the server has it. Asked once per
 * sign-in, when the registry is known to answer. Nothing depends on it, so nothing that goes wrong with it is told.
 */
export class RegistryAccounts {
  readonly #services: Services;
  readonly #asked = new Map<string, Asked>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Undefined where the registry did not say, and for another registry than the one that was asked. */
  knownAs(id: string): KnownAs | undefined {
    const asked = this.#asked.get(id);
    return asked && isSameRegistry(this.#services.registry(id), asked.registry) ? asked.knownAs : undefined;
  }

  /** Asks a registry that answers, unless it was asked since this account signed in. */
  async ask(id: string): Promise<void> {
    const { registry: configured, changed } = this.#services;
    const registry = configured(id);
    if (registry === undefined || !isSignedInTo(registry)) return;
    const before = this.#asked.get(id);
    if (before !== undefined && isSameRegistry(registry, before.registry)) return;
    const asked: Asked = { registry };
    this.#asked.set(id, asked);
    const knownAs = await this.#read(registry);
    // Signed out, signed in anew or edited meanwhile: what was said is of somebody else.
    if (this.#asked.get(id) !== asked || knownAs === undefined) return;
    this.#asked.set(id, { registry, knownAs });
    changed(id);
  }

  /** Follows the sessions: what was said of one account is not said of another. */
  sessionChanged(id: string, event: Pick<SessionEvent, 'type'>): void {
    if (changesAccount(event)) this.#asked.delete(id);
  }

  async #read(registry: Registry): Promise<KnownAs | undefined> {
    const { client, clock } = this.#services;
    const answer = await client.request(registry, { path: '/v1/me', below: 'origin', deadlineMs: longestMs });
    const body = answer.ok ? await jsonOf(answer.value, registry.url, clock.now()) : answer;
    const { data } = me.safeParse(body.ok ? body.value : undefined);
    return data === undefined || data.subject === '' ? undefined : data;
  }
}

const isSignedInTo = (registry: Registry): boolean =>
  (registry.auth.type === 'oauth' || registry.auth.type === 'bearer') && kindOf(registry) === 'api';
