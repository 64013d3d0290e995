import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Entry, EntryOptions } from '@napi-rs/keyring';

/** One call of the binding. `secret` is present for `write` only. */
export interface KeychainCall {
  readonly id: number;
  readonly operation: 'read' | 'write' | 'remove';
  readonly account: string;
  readonly secret?: string;
}

/** `unavailable` is a keychain that is not there, `refused` one that did not do what was asked, or did not answer. */
export type KeychainReply =
  | { readonly id: number; readonly outcome: 'done'; readonly value: string | boolean | null }
  | { readonly id: number; readonly outcome: 'unavailable' | 'refused' };

export interface KeychainWorkerSettings {
  /** Path of the native binding's module. */
  readonly module: string;
  readonly service: string;
  readonly options: EntryOptions;
}

/** What the source below calls; keeps it honest about the binding's names. */
type Binding = Pick<Entry, 'getPassword' | 'setPassword' | 'deleteCredential'>;
const methods = {
  read: 'getPassword',
  write: 'setPassword',
  remove: 'deleteCredential',
} as const satisfies Record<KeychainCall['operation'], keyof Binding>;

/**
 * A keychain that is not there says so at once. One that hangs is given up by the binding after two seconds (measured),
 * with an error that differs only in its text. Milliseconds.
 */
const hangsMs = 1_000;

/**
 * The worker's program, as text: it needs no file of its own, so it runs the same from a bundle, from an archive and in
 * tests. Error texts stay inside; they may name anything. Creating an entry connects to the keychain, so a failure there
 * means that there is none, or that it hangs.
 */
const program = `
const { parentPort, workerData: { module, service, options, methods, hangsMs } } = require('node:worker_threads');
const { Entry } = require(module);
parentPort.on('message', ({ id, operation, account, secret }) => {
  const startedAt = performance.now();
  let entry;
  try {
    entry = new Entry(service, account, options);
  } catch {
    const outcome = performance.now() - startedAt < hangsMs ? 'unavailable' : 'refused';
    return parentPort.postMessage({ id, outcome });
  }
  try {
    const value = entry[methods[operation]](...(operation === 'write' ? [secret] : []));
    parentPort.postMessage({ id, outcome: 'done', value: value ?? null });
  } catch {
    parentPort.postMessage({ id, outcome: 'refused' });
  }
});
`;

/**
 * A thread for the binding: its calls block, even creating an entry does (measured: a Secret Service that has stopped
 * answering blocks for as long as D-Bus waits), and the main thread must never wait for a keychain.
 */
export function startKeychainWorker(service: string): Worker {
  const settings: KeychainWorkerSettings & { readonly methods: typeof methods; readonly hangsMs: number } = {
    module: createRequire(import.meta.url).resolve('@napi-rs/keyring'),
    service,
    // Never the binding's default, which falls back to the kernel's keyring in memory without a word.
    options: { linux: { store: 'secret-service' } },
    methods,
    hangsMs,
  };
  const worker = new Worker(program, { eval: true, workerData: settings });
  worker.unref();
  return worker;
}
