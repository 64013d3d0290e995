import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleForNode } from '../../vault/testing/bundle';
import type { KillPoint } from './kill-points';

const started: ChildProcess[] = [];

/** One of several processes on one profile; see `profile-rival.ts`. */
export interface Rival {
  /** The next thing it says: what became of the lock, `asleep`, or the outcome of a refresh. */
  readonly says: () => Promise<string>;
  /** Lets it refresh once more; several in a row are done one after another. */
  readonly refresh: () => void;
  readonly wake: () => void;
  /** Lets it end as it wants, and waits for that. */
  readonly leave: () => Promise<void>;
}

export async function startRival(root: string, issuer: string, sleepPoint?: KillPoint): Promise<Rival> {
  const script = await bundleForNode(join(import.meta.dirname, 'profile-rival.ts'));
  const args = [script, root, issuer, ...(sleepPoint === undefined ? [] : [sleepPoint])];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  started.push(child);
  // One that was refused leaves without reading what it is told.
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close');
  const lines: AsyncIterator<string, undefined> = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    says: async () => {
      const next = await lines.next();
      return next.done === true ? 'nothing' : next.value;
    },
    refresh: () => void child.stdin.write('refresh\n'),
    wake: () => void child.kill('SIGCONT'),
    async leave() {
      child.stdin.end();
      await closed;
    },
  };
}

/** Makes whoever holds the profile look as if it had shown no life for a minute. */
export function ageLock(root: string): void {
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(join(root, 'profile.lock'), longAgo, longAgo);
}

export function killRivals(): void {
  for (const child of started.splice(0)) child.kill('SIGKILL');
}
