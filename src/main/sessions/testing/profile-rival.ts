// A process that wants the profile for itself, as a start of the app does: it takes the lock or says why it cannot and
// leaves. With each line that it is given it refreshes the session and says what came of it; at the instant it is told it
// falls asleep, once. It leaves when no more lines come.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ProfileLock } from '../../vault';
import { processSessions } from './process-sessions';

const [root = '', issuer = '', sleepPoint] = process.argv.slice(2);
let hasSlept = false;

function say(what: string): void {
  writeSync(1, `${what}\n`);
}

function fallAsleepAt(point: string): void {
  if (point !== sleepPoint || hasSlept) return;
  hasSlept = true;
  say('asleep');
  process.kill(process.pid, 'SIGSTOP');
}

async function run(): Promise<void> {
  const lock = new ProfileLock(root);
  const taken = await lock.take();
  say(taken.ok ? 'held' : taken.failure.code);
  if (!taken.ok) return;
  const sessions = await processSessions({
    folder: join(root, 'vault'),
    keychainFolder: join(root, 'keychain'),
    issuer,
    isHolder: () => lock.isHeld(),
    at: fallAsleepAt,
  });
  for await (const line of createInterface(process.stdin)) {
    if (line === 'refresh') say(await sessions.refresh());
  }
  await sessions.close();
  await lock.release();
}

void run().then(() => process.exit());
