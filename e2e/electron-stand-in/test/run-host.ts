import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';

const executable = path.resolve(import.meta.dirname, '../dist/electron');
export const contractApp = path.resolve(import.meta.dirname, '../../contract/app');

export interface HostRun {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Everything written so far. */
  output(): string;
  /** Waits until the output matches; rejects when the program ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits for the end; the exit code, or the signal's name. */
  end(): Promise<number | string>;
}

/** Starts the built executable, as a person would at a prompt without a display. */
export function runHost(args: readonly string[], env: Readonly<Record<string, string>> = {}): HostRun {
  const child = spawn(executable, args, {
    env: { PATH: process.env['PATH'], HOME: os.tmpdir(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A test that fails in the middle leaves no host behind.
  onTestFinished(() => {
    child.kill('SIGTERM');
  });
  let text = '';
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      for (const listener of listeners) listener();
    });
  }
  return {
    child,
    output: () => text,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(text);
          if (match) resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then(() => {
          reject(new Error(`ended before ${String(pattern)}:\n${text}`));
        });
      }),
    end: async () => {
      const [code, signal] = await ended;
      return code ?? signal ?? '';
    },
  };
}

/** A folder that is removed at the end of the test. */
export function temporaryFolder(onCleanup: (remove: () => void) => void): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'host-test-'));
  onCleanup(() => {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  return folder;
}

/** Writes a one-file app and gives its path. */
export function writeApp(folder: string, source: string): string {
  const file = path.join(folder, 'main.cjs');
  fs.writeFileSync(file, source);
  return file;
}

/** The command lines of all processes whose command line names `text`, by process number. */
export function processesNaming(text: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const name of fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const commandLine = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (commandLine.includes(text)) found.set(Number(name), commandLine);
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}
