import type { ActivityEntry } from '../../contract/activity';

/** What of the log is shown. */
export interface ActivityFilter {
  /** `all` shows silent work too, `important` does not, `failures` shows only what went wrong. */
  readonly level: 'all' | 'important' | 'failures';
  /** Empty means every registry and the app itself. */
  readonly registryId: string;
  readonly search: string;
}

const levels: Record<ActivityFilter['level'], readonly ActivityEntry['level'][]> = {
  all: ['debug', 'info', 'warn'],
  important: ['info', 'warn'],
  failures: ['warn'],
};

/** Whether an entry is shown; a search finds what the entry is called on the page, its code, and its ids. */
export function isShown(entry: ActivityEntry, filter: ActivityFilter, words: string): boolean {
  if (!levels[filter.level].includes(entry.level)) return false;
  if (filter.registryId !== '' && entry.registryId !== filter.registryId) return false;
  const text = [words, entry.name, entry.kind, entry.code, entry.correlationId, entry.registryId].join(' ');
  return text.toLowerCase().includes(filter.search.trim().toLowerCase());
}
