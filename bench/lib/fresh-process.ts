import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ending, Order } from '../child';
import type { Surroundings } from './contest';

const longestMs = 240_000;
/** So much of a failure stands in a table: of what a contestant says the beginning, of what its process wrote the end. */
const longestReason = 300;

export interface RunningProvider extends Pick<Surroundings, 'issuer' | 'ca'> {
  readonly caFile: string;
  stop(): void;
}

export function startProviderProcess(child: string, folder: string): Promise<RunningProvider> {
  return new Promise((resolve, reject) => {
    const started = fork(child, [JSON.stringify({ kind: 'provider' } satisfies Order)], { silent: true });
    started.once('exit', (code) => {
      reject(new Error(`The provider ended with ${code}`));
    });
    started.once('message', (message) => {
      const { issuer, ca } = message as Pick<Surroundings, 'issuer' | 'ca'>;
      const caFile = join(folder, 'ca.pem');
      writeFileSync(caFile, ca);
      resolve({ issuer, ca, caFile, stop: () => void started.kill() });
    });
  });
}

/** One contestant of one row, and how it is to run. */
interface Entry extends Pick<Surroundings, 'slowCommitMs'> {
  readonly row: string;
  readonly name: string;
}

/** Runs one contestant once, in a process of its own, and gives its samples; rejects with the reason of one that fails. */
export async function runContestant(
  child: string,
  provider: RunningProvider,
  { row, name, slowCommitMs }: Entry,
): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatepass-bench-'));
  const { issuer, ca, caFile } = provider;
  const order: Order = { kind: 'contestant', row, name, surroundings: { issuer, ca, folder, slowCommitMs } };
  try {
    return await new Promise((resolve, reject) => {
      const running = fork(child, [JSON.stringify(order)], {
        silent: true,
        execArgv: ['--expose-gc'],
        env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile },
        timeout: longestMs,
      });
      let words = '';
      running.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2000)));
      running.once('message', (message) => {
        const ending = message as Ending;
        if (ending.kind === 'measured') resolve(ending.samples);
        else reject(new Error(inOneLine(ending.reason).slice(0, longestReason)));
      });
      running.once('exit', (code, signal) => {
        const end =
          signal === 'SIGTERM' ? `took longer than ${longestMs / 1000} s` : `ended with ${code ?? signal}`;
        reject(new Error(`${end}: ${inOneLine(words).slice(-longestReason)}`));
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
