import type { TFunction } from 'i18next';
import type { ActivityEntry } from '../../contract/activity';

/** What happened, in words: what it is about, and what became of it. */
export function activityText(t: TFunction, { name, kind }: Pick<ActivityEntry, 'name' | 'kind'>): string {
  const about = t(`activity.name.${name}`);
  if (kind === undefined) return about;
  return name === 'session-changed' ? t(`activity.kind.${kind}`) : `${about}: ${t(`activity.kind.${kind}`)}`;
}
