import { failure } from '../base/failure';
import { idKey } from './id-key';
import type { Registry } from './registry';
import type { Origin } from './registry-draft';
import { normaliseUrl } from '../base/slot';
import { addressKey } from './url';

/** Equal for registries that would share one sign-in: same address, same issuer. */
export function registryKey({ url, auth }: Registry): string {
  const provider = auth.type === 'oauth' ? normaliseUrl(auth.oauth.issuer) : auth.type;
  return JSON.stringify([addressKey(url), provider]);
}

/**
 * Drops entries that say again what another entry of the same file says, naming both lines. The first counts, but one
 * that is blocked never hides one that is good.
 */
export function withoutDuplicates(
  registries: readonly Registry[],
  { problems, location }: Origin,
): Registry[] {
  const kept = new Set<Registry>();
  const byId = new Map<string, Registry>();
  const byRegistry = new Map<string, Registry>();
  const usableFirst = [
    ...registries.filter(({ blocked }) => blocked === undefined),
    ...registries.filter(({ blocked }) => blocked !== undefined),
  ];
  for (const registry of usableFirst) {
    const sameId = byId.get(idKey(registry.id));
    const sameRegistry = registry.blocked === undefined ? byRegistry.get(registryKey(registry)) : undefined;
    const code = sameId !== undefined ? 'CFG_DUPLICATE_ID' : 'CFG_DUPLICATE_REGISTRY';
    const other = sameId ?? sameRegistry;
    if (other !== undefined) {
      const [line, otherLine] = [registry.line ?? 0, other.line ?? 0];
      problems.reportAt(
        registry.line,
        failure(code, { name: other.name, line, otherLine, otherLocation: location }),
      );
      continue;
    }
    kept.add(registry);
    byId.set(idKey(registry.id), registry);
    if (registry.blocked === undefined) byRegistry.set(registryKey(registry), registry);
  }
  return registries.filter((registry) => kept.has(registry));
}
