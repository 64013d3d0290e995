import type { Failure } from '../../base/failure';
import type { PolicySource } from './policy-source';

/** What is at one place of policy now. */
export type PolicyState =
  | { readonly location: string; readonly kind: 'absent' | 'in-force' }
  /** Something is there that is not used: not trusted, not readable, or not understood. */
  | { readonly location: string; readonly kind: 'refused'; readonly failure: Failure };

/** Looks at every place of policy anew, in the order in which they count; changes nothing of what is in force. */
export function policyStates(policies: readonly PolicySource[]): Promise<PolicyState[]> {
  return Promise.all(policies.map(stateOf));
}

async function stateOf(policy: PolicySource): Promise<PolicyState> {
  const { location } = policy;
  const reading = await policy.read();
  if (reading.kind === 'absent') return { location, kind: 'absent' };
  if (reading.kind !== 'read') return { location, kind: 'refused', failure: reading.failure };
  const layers = await policy.interpret(reading.content);
  return layers.ok ? { location, kind: 'in-force' } : { location, kind: 'refused', failure: layers.failure };
}
