import type { ActivityEvent } from '../base/event-sink';
import type { SessionEvent } from '../sessions';

/** What the log says of a session's event: flows at info, silent refreshes at debug, failures with their code. */
export function sessionActivity(registryId: string, event: SessionEvent): ActivityEvent {
  const about = { name: 'session-changed' as const, registryId, kind: event.type };
  if ('failure' in event) return { ...about, level: 'warn', code: event.failure.code };
  const isSilent = event.type === 'refresh-started' || event.type === 'refresh-succeeded';
  return { ...about, level: isSilent ? 'debug' : 'info' };
}
