import type { SessionView } from '../../contract/view-model';
import type { ViewStore } from '../bridge/view-store';

/** The states a person can filter the list by. */
export const filters = ['all', 'signed-in', 'signed-out', 'attention'] as const;
export type Filter = (typeof filters)[number];

/** The ids to show, in the order of the view, for a search text and a state. */
export function visibleIds(view: ViewStore, search: string, filter: Filter): readonly string[] {
  const wanted = search.trim().toLocaleLowerCase();
  if (wanted === '' && filter === 'all') return view.order();
  return view.order().filter((id) => {
    const registry = view.registry(id);
    if (registry === undefined) return false;
    const text = `${registry.name}\n${registry.host}\n${registry.id}`.toLocaleLowerCase();
    return text.includes(wanted) && (filter === 'all' || group(registry.session.kind) === filter);
  });
}

/** How many registries each filter shows, without a search. */
export function filterCounts(view: ViewStore): Readonly<Record<Filter, number>> {
  const counts = { all: 0, 'signed-in': 0, 'signed-out': 0, attention: 0 };
  for (const id of view.order()) {
    const registry = view.registry(id);
    if (registry === undefined) continue;
    counts.all += 1;
    counts[group(registry.session.kind)] += 1;
  }
  return counts;
}

/** Where each state belongs: usable, to be signed in to, or to be looked at. */
function group(kind: SessionView['kind']): Exclude<Filter, 'all'> {
  switch (kind) {
    case 'signed-in':
    case 'no-sign-in-needed':
      return 'signed-in';
    case 'signed-out':
    case 'signing-in':
      return 'signed-out';
    case 'expired':
    case 'needs-attention':
      return 'attention';
  }
}
