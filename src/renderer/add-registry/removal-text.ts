import type { TFunction } from 'i18next';
import type { RegistryView } from '../../contract/view-model';

export type Removal = 'remove' | 'forget';

/** What exactly happens, a sentence each: first to the entry, then to the sign-in. */
export function removalText(t: TFunction, verb: Removal, registry: RegistryView): readonly string[] {
  const { source, location, status, siblings, oauth, session } = registry;
  const isOwn = source === 'user';
  const entry = isOwn ? t('removal.entryDeleted', { location }) : t('removal.entryHidden', { location });
  const isHeld = status === 'authenticated';
  if (registry.token?.kind === 'stored') return [entry, t('removal.tokenDeleted')];
  if (oauth === undefined) return [entry];
  if (verb === 'remove') return isHeld ? [entry, t('removal.sessionKept')] : [entry];
  // Nobody looks into what is kept for a registry that may not be used.
  const isBlocked = session.kind === 'needs-attention' && session.next === 'none';
  if (!isHeld) return [entry, isBlocked ? t('removal.anythingDeleted') : t('removal.nothingHeld')];
  return [
    entry,
    t('removal.sessionDeleted'),
    siblings === 0 ? t('removal.revoked') : t('removal.notRevoked', { count: siblings }),
  ];
}
