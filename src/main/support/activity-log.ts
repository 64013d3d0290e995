import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { EventSink } from '../base/event-sink';

/**
 * The activity log: one JSON line per event in `logs/activity.log` below `folder`. Its input type holds the app's own
 * words only, so that a token cannot be passed; a disk that cannot be written costs the line, not the app.
 */
export function openActivityLog(folder: string): EventSink {
  const logs = join(folder, 'logs');
  try {
    mkdirSync(logs, { recursive: true, mode: 0o700 });
  } catch {
    return { record: () => undefined };
  }
  const destination = pino.destination({
    dest: join(logs, 'activity.log'),
    sync: true,
    mode: 0o600,
    append: true,
  });
  destination.on('error', () => undefined);
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime, level: 'info' };
  const log = pino(options, destination);
  return {
    record({ level, ...event }) {
      log[level](event);
    },
  };
}
