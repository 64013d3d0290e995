import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../base/clock';
import { Secret } from '../../base/secret';
import type { SessionKey, Vault } from '../../vault';
import { createVault } from '../../vault/create-vault';
import { bundleForNode } from '../../vault/testing/bundle';
import { FolderKeychain } from '../../vault/testing/folder-keychain';
import { openDesk } from './desk';
import type { KillPoint } from './kill-points';

/** A profile on disk that several processes use one after another, with a keychain they share. */
export interface CrashProfile {
  /** Where the profile's lock is. */
  readonly root: string;
  /** The vault's own folder in it. */
  readonly folder: string;
  /** What the one registry's record belongs to. */
  readonly key: SessionKey;
  openVault(): Promise<Vault>;
  /** A real sign-in, in this process. */
  signIn(): Promise<void>;
  /** Starts the app's sessions in a process of their own; see `refresh-victim.ts`. */
  start(rounds: number, killPoint?: KillPoint): Victim;
  /** The content of every file below the profile, by path. */
  files(): Map<string, string>;
}

export interface Victim {
  /** Lines so far: the state at the start, then one outcome per refresh. */
  readonly said: () => string[];
  /** Resolves when it has said something more. */
  readonly nextWord: () => Promise<unknown>;
  readonly kill: () => void;
  /** The signal that ended it, or null where it ended by itself. */
  readonly ended: Promise<NodeJS.Signals | null>;
}

/** A second registry's session, which nothing that happens to the first may touch. */
export const bystander: SessionKey = {
  registry: 'https://finance.example',
  issuer: 'https://login.finance.example',
  clientId: 'gatepass',
};

export async function crashProfile(issuer: string): Promise<CrashProfile> {
  const root = mkdtempSync(join(tmpdir(), 'gatepass-kill-'));
  const [folder, keychainFolder] = [join(root, 'vault'), join(root, 'keychain')];
  const keychain = new FolderKeychain(keychainFolder);
  const openVault = async () => {
    const vault = createVault({ folder, keychain, clock: systemClock });
    await vault.list();
    return vault;
  };
  const script = await bundleForNode(join(import.meta.dirname, 'refresh-victim.ts'));
  const vault = await openVault();
  await vault.store(bystander, { account: 'grace' }, new Secret('canary-refresh-of-a-bystander'));
  await vault.close();
  return {
    root,
    folder,
    key: { registry: 'https://acme.example', issuer, clientId: 'gatepass' },
    openVault,
    async signIn() {
      const desk = await openDesk({ issuer, profile: { open: openVault } });
      await desk.signIn('acme');
      await desk.sessions.close();
      await desk.vault.close();
    },
    start(rounds, killPoint) {
      const args = [script, folder, keychainFolder, issuer, String(rounds)];
      const child = spawn(process.execPath, killPoint === undefined ? args : [...args, killPoint], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      const ended = once(child, 'close').then(([, signal]) => signal as NodeJS.Signals | null);
      return {
        said: () => text.split('\n').slice(0, -1),
        nextWord: () => Promise.race([once(child.stdout, 'data'), ended]),
        kill: () => child.kill('SIGKILL'),
        ended,
      };
    },
    files: () =>
      new Map(
        readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((file) => file.isFile())
          .map((file) => join(file.parentPath, file.name))
          .map((path) => [path, readFileSync(path, 'latin1')]),
      ),
  };
}
