// A process to be killed: the app's sessions on a profile, with their real network and vault. It refreshes as often as it
// is told, says what came of it, and kills itself at the instant it is given; told to go on for ever, it waits for that.
import { writeSync } from 'node:fs';
import { systemClock } from '../../base/clock';
import { failed } from '../../base/failure';
import { createNetwork } from '../../base/net';
import { CallbackListeners } from '../../identity';
import { clientOf } from '../../identity/testing/client';
import { createVault } from '../../vault/create-vault';
import { FolderKeychain } from '../../vault/testing/folder-keychain';
import { CallbackPaths } from '../callback-paths';
import { createIdentityService } from '../identity-service';
import { Sessions } from '../sessions';
import { issuerMemory } from './issuer-memory';
import { tellingNetwork } from './kill-points';
import { registryOf } from './registry-of';

const [folder = '', keychainFolder = '', issuer = '', rounds = '1', killPoint] = process.argv.slice(2);

const at = (point: string) => {
  if (point === killPoint) process.kill(process.pid, 'SIGKILL');
};

/** Straight to the pipe: what was said before a kill has been said. */
function say(what: string): void {
  writeSync(1, `${what}\n`);
}

async function refresh(sessions: Sessions): Promise<void> {
  const answer = await sessions.accessToken('acme', { force: true });
  say(answer.ok ? 'ok' : answer.failure.code);
}

async function run(): Promise<void> {
  const clock = systemClock;
  const keychain = new FolderKeychain(keychainFolder);
  const vault = createVault({ folder, keychain, clock, faultPoint: at });
  const network = createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock });
  const identity = createIdentityService({
    network: tellingNetwork(network, at),
    clock,
    listeners: new CallbackListeners(clock),
    openBrowser: () => Promise.resolve(failed('LOGIN_BROWSER_FAILED')),
  });
  await vault.list();
  const callbackPaths = new CallbackPaths({
    providers: identity,
    memory: issuerMemory(),
    learnt: () => undefined,
  });
  const sessions = new Sessions({ identity, vault, clock, callbackPaths });
  sessions.onChange((_id, { type }) => {
    if (type === 'refresh-succeeded') at('published');
  });
  sessions.configure([registryOf('acme', clientOf(issuer))], 120);
  say(sessions.state('acme')?.kind ?? 'unknown');
  for (let round = 0; round < Number(rounds); round += 1) await refresh(sessions);
  await sessions.close();
  await vault.close();
  await network.close();
}

void run();
