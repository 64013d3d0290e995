import type { Reachability } from '../../contract/view-model';
import type { ActivityEvent } from '../base/event-sink';

/** What the log says of a registry that was asked whether it answers; nothing while the question is on its way. */
export function registryActivity(
  registryId: string,
  reachability: Reachability | undefined,
): ActivityEvent | undefined {
  const about = { name: 'registry-checked', registryId } as const;
  if (reachability === undefined || reachability.kind === 'checking') return undefined;
  return reachability.kind === 'answers'
    ? { ...about, level: 'info', kind: 'answers' }
    : { ...about, level: 'warn', kind: 'fails', code: reachability.problem.code };
}
