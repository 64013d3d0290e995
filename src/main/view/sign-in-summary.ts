import type { SessionView } from '../../contract/view-model';
import type { SessionState } from '../sessions';

/** How many registries are in each state that a badge tells of; states that no registry is in are absent. */
export type SignInSummary = ReadonlyMap<SessionView['kind'], number>;

/** What deserves a look comes first. */
const order = [
  'needs-attention',
  'expired',
  'signed-out',
  'signing-in',
  'signed-in',
  'no-sign-in-needed',
] as const satisfies readonly SessionView['kind'][];

/** @param states of all registries; undefined where there is nothing to sign in to */
export function signInSummary(states: Iterable<SessionState | undefined>): SignInSummary {
  const counts = new Map<SessionView['kind'], number>();
  for (const state of states) {
    const kind = badgeOf(state);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return new Map(order.flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind) ?? 0]] : [])));
}

function badgeOf(state: SessionState | undefined): SessionView['kind'] {
  switch (state?.kind) {
    case undefined:
      return 'no-sign-in-needed';
    case 'refreshing':
      return 'signed-in';
    case 'error':
    case 'blocked':
      return 'needs-attention';
    case 'signed-out':
    case 'signing-in':
    case 'signed-in':
    case 'expired':
      return state.kind;
  }
}
