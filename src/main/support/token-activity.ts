import type { ActivityEvent } from '../base/event-sink';
import type { SessionState } from '../sessions';

/** What the log says when another token of a registry was found, or was refused: never from where, nor what it is. */
export function tokenActivity(registryId: string, state: SessionState | undefined): ActivityEvent {
  const about = { name: 'session-changed', registryId } as const;
  if (state?.kind === 'error') return { ...about, level: 'warn', kind: 'unusable', code: state.failure.code };
  return { ...about, level: 'info', kind: state?.kind === 'signed-in' ? 'usable' : 'signed-out' };
}
