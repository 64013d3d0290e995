import { codes } from '../../contract/codes';
import type { ViewStore } from '../bridge/view-store';

/** A provider with registries to sign in to. */
interface WaitingProvider {
  /** The first of them. */
  readonly registryId: string;
  readonly host: string;
  readonly count: number;
}

/**
 * The provider with the most registries that are signed out, if at least two are and none of them is being signed in to;
 * of two that are equal, the first of the list.
 */
export function providerToSignInTo(view: Pick<ViewStore, 'order' | 'registry'>): WaitingProvider | null {
  // Asked with every change of one registry among ten thousand: nothing is made per registry but a key.
  const providers = new Map<string, { registryId: string; issuer: string; count: number; isBusy: boolean }>();
  for (const id of view.order()) {
    const registry = view.registry(id);
    if (registry?.oauth === undefined) continue;
    // A person has to confirm it first, by itself.
    if (registry.beforeSignIn !== undefined && codes[registry.beforeSignIn.code] !== 'info') continue;
    const { kind } = registry.session;
    if (kind !== 'signing-in' && kind !== 'signed-out' && kind !== 'expired') continue;
    const { issuer, clientId } = registry.oauth;
    const key = `${issuer}\n${clientId}`;
    let provider = providers.get(key);
    if (provider === undefined)
      providers.set(key, (provider = { registryId: id, issuer, count: 0, isBusy: false }));
    if (kind === 'signing-in') provider.isBusy = true;
    else if (provider.count++ === 0) provider.registryId = id;
  }
  const several = [...providers.values()].filter(({ count, isBusy }) => count >= 2 && !isBusy);
  const [most] = several.sort((a, b) => b.count - a.count);
  if (most === undefined) return null;
  const { registryId, issuer, count } = most;
  return { registryId, host: URL.parse(issuer)?.host ?? issuer, count };
}
