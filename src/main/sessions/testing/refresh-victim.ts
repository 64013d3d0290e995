// A process to be killed: the app's sessions on a profile, with their real network and vault. It refreshes as often as it
// is told, says what came of it, and kills itself at the instant it is given; told to go on for ever, it waits for that.
import { writeSync } from 'node:fs';
import { processSessions } from './process-sessions';

const [folder = '', keychainFolder = '', issuer = '', rounds = '1', killPoint] = process.argv.slice(2);

/** Straight to the pipe: what was said before a kill has been said. */
function say(what: string): void {
  writeSync(1, `${what}\n`);
}

async function run(): Promise<void> {
  const sessions = await processSessions({
    folder,
    keychainFolder,
    issuer,
    at: (point) => {
      if (point === killPoint) process.kill(process.pid, 'SIGKILL');
    },
  });
  say(sessions.state());
  for (let round = 0; round < Number(rounds); round += 1) say(await sessions.refresh());
  await sessions.close();
}

void run();
