// A process to be killed. Given a profile folder and a keychain folder it rotates the session's token for ever, telling
// what it did; given a fault point too, it does one of everything and kills itself there.
import { writeSync } from 'node:fs';
import { systemClock } from '../../base/clock';
import type { Result } from '../../base/failure';
import { Secret } from '../../base/secret';
import { createVault } from '../create-vault';
import type { Vault } from '../vault';
import { FolderKeychain } from './folder-keychain';
import { engineering } from './test-vault';

const [folder = '', keychainFolder = '', faultPoint] = process.argv.slice(2);

/** Straight to the pipe: what was said before a kill has been said. */
function say(what: 'sent' | 'committed', number: number): void {
  writeSync(1, `${what} ${number}\n`);
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}
const numberOf = (token: Secret) => Number(token.reveal().split('-')[1]);
const token = (number: number) => new Secret(`token-${number}`);

async function rotateForEver(vault: Vault): Promise<never> {
  for (;;) {
    const ticket = must(await vault.beginRefresh(engineering));
    const number = numberOf(ticket.refreshToken);
    say('sent', number);
    must(await ticket.commit(token(number + 1)));
    say('committed', number + 1);
  }
}

async function doOneOfEverything(vault: Vault): Promise<void> {
  must(await vault.store(engineering, {}, token(1)));
  await must(await vault.beginRefresh(engineering)).withdraw();
  must(await must(await vault.beginRefresh(engineering)).commit(token(2)));
  must(await must(await vault.beginRefresh(engineering)).end('SESSION_ENDED'));
}

const vault = createVault({
  folder,
  keychain: new FolderKeychain(keychainFolder),
  clock: systemClock,
  ...(faultPoint !== undefined && {
    faultPoint: (point) => {
      if (point === faultPoint) process.kill(process.pid, 'SIGKILL');
    },
  }),
});
void (faultPoint === undefined ? rotateForEver(vault) : doOneOfEverything(vault));
