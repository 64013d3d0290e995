import type { OAuthClientSettings } from '../base/oauth-client-settings';

type Grant = Pick<OAuthClientSettings, 'issuer' | 'clientId'>;

/**
 * Which registries hold a session of which issuer and client. At real providers revoking one token of such a pair ends
 * its siblings too, so this is asked before anything is revoked.
 */
export class HeldGrants {
  readonly #holders = new Map<string, Set<string>>();

  /** Notes that a registry holds a session of this grant, or no longer does. */
  note(grant: Grant, registryId: string, isHeld: boolean): void {
    const holders = this.#holders.get(keyOf(grant)) ?? new Set();
    if (isHeld) holders.add(registryId);
    else holders.delete(registryId);
    if (holders.size === 0) this.#holders.delete(keyOf(grant));
    else this.#holders.set(keyOf(grant), holders);
  }

  isHeld(grant: Grant): boolean {
    return this.#holders.has(keyOf(grant));
  }

  /** How many registries besides this one hold a session of the grant. */
  countBeside(grant: Grant, registryId: string): number {
    const holders = this.#holders.get(keyOf(grant));
    return holders === undefined ? 0 : holders.size - (holders.has(registryId) ? 1 : 0);
  }
}

const keyOf = ({ issuer, clientId }: Grant): string => JSON.stringify([issuer, clientId]);
