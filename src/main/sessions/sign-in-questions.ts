import type { Failure } from '../base/failure';
import type { Registry } from '../config';
import { type ConfiguredSession, oauthOf } from './configured-sessions';
import { HostConfirmations } from './host-confirmations';
import { IssuerChanges } from './issuer-changes';
import { heldBy } from './state';

/** What a person said yes to, as it was shown to them. */
export type Confirmation = { readonly host: string } | { readonly issuer: string };

/**
 * What a person has to confirm, or should at least be told, before a browser opens for a registry. Whoever signed in
 * with just its addresses before is asked nothing.
 */
export class SignInQuestions {
  readonly #session: (registryId: string) => ConfiguredSession | undefined;
  readonly #hosts = new HostConfirmations();
  readonly #issuers = new IssuerChanges();

  /** @param session a registry and its session as configured now */
  constructor(session: (registryId: string) => ConfiguredSession | undefined) {
    this.#session = session;
  }

  /** See {@link IssuerChanges.follow}. */
  follow(...configuration: Parameters<IssuerChanges['follow']>): void {
    this.#issuers.follow(...configuration);
  }

  /** CFG_ISSUER_CHANGED or CFG_HOST_SUSPICIOUS: no sign-in starts before a person has confirmed it. */
  toConfirm(registryId: string): Failure | undefined {
    const { registry, session } = this.#session(registryId) ?? {};
    if (registry === undefined || session === undefined || session.isKnown()) return undefined;
    const change = this.#issuers.of(registry);
    return change?.code === 'CFG_ISSUER_CHANGED' ? change : this.#hosts.toConfirm(registry);
  }

  /** As {@link toConfirm}, and what needs nobody's word too; undefined while there is a session or a running flow. */
  toTell(registryId: string): Failure | undefined {
    const { registry, session } = this.#session(registryId) ?? {};
    if (registry === undefined || session === undefined || session.isKnown()) return undefined;
    if (session.state.kind === 'signing-in' || heldBy(session.state) !== undefined) return undefined;
    return this.#issuers.of(registry) ?? this.#hosts.toConfirm(registry);
  }

  confirm(registryId: string, confirmation: Confirmation): void {
    const registry = this.#session(registryId)?.registry;
    if ('host' in confirmation) this.#hosts.confirm(confirmation.host);
    else if (registry !== undefined) this.#issuers.confirm(registry, confirmation.issuer);
  }

  /** Everything about the registry was shown and confirmed at once, as in the form. */
  confirmAll(registry: Registry): void {
    this.#hosts.confirmAll(registry);
    const client = oauthOf(registry);
    if (client !== undefined) this.#issuers.confirm(registry, client.issuer);
  }
}
