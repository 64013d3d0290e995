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
  const waiting = new Map<string, WaitingProvider>();
  const busy = new Set<string>();
  for (const id of view.order()) {
    const registry = view.registry(id);
    if (registry?.oauth === undefined) continue;
    const { issuer, clientId } = registry.oauth;
    const key = JSON.stringify([issuer, clientId]);
    const { kind } = registry.session;
    if (kind === 'signing-in') busy.add(key);
    if (kind !== 'signed-out' && kind !== 'expired') continue;
    const known = waiting.get(key) ?? { registryId: id, host: URL.parse(issuer)?.host ?? issuer, count: 0 };
    waiting.set(key, { ...known, count: known.count + 1 });
  }
  const several = [...waiting].filter(([key, { count }]) => count >= 2 && !busy.has(key));
  return several.map(([, provider]) => provider).sort((a, b) => b.count - a.count)[0] ?? null;
}
