import type { Clock } from '../base/clock';
import { failed, type Result, success } from '../base/failure';
import { Secret } from '../base/secret';
import { type Keychain, keychainService } from './keychain';
import { type KeychainCall, type KeychainReply, startKeychainWorker } from './keychain-worker';

/** A thread that answers calls, as far as it is needed here. */
export interface KeychainWorker {
  on(event: 'message', listener: (reply: KeychainReply) => void): unknown;
  on(event: 'error', listener: () => void): unknown;
  postMessage(call: KeychainCall): void;
  terminate(): Promise<unknown>;
}

export interface OsKeychainOptions {
  readonly clock: Clock;
  readonly service?: string;
  /** How long a caller waits, in milliseconds; waiting for an earlier call included. */
  readonly deadlineMs?: number;
  /** After how long a call that never came back is given up, so that a retry gets a thread of its own. */
  readonly abandonMs?: number;
  readonly startWorker?: (service: string) => KeychainWorker;
}

type Operation = Omit<KeychainCall, 'id'>;
type Reply = KeychainReply | { readonly outcome: 'unavailable' };

interface RunningCall {
  readonly id: number;
  readonly startedAt: number;
  readonly reply: Promise<Reply>;
  readonly finish: (reply: Reply) => void;
}

/** The real keychain: `@napi-rs/keyring` on a thread of its own, one call at a time, none waited for beyond its deadline. */
export class OsKeychain implements Keychain {
  readonly #options: Required<OsKeychainOptions>;
  readonly #lateListeners = new Set<() => void>();
  #worker: KeychainWorker | undefined;
  #running: RunningCall | undefined;
  #lastId = 0;

  constructor(options: OsKeychainOptions) {
    this.#options = {
      service: keychainService,
      deadlineMs: 5_000,
      abandonMs: 60_000,
      startWorker: startKeychainWorker,
      ...options,
    };
  }

  async read(account: string): Promise<Result<Secret | undefined>> {
    const reply = await this.#call({ operation: 'read', account });
    return mapped(reply, (value) => (typeof value === 'string' ? new Secret(value) : undefined));
  }

  async write(account: string, secret: Secret): Promise<Result<void>> {
    return mapped(
      await this.#call({ operation: 'write', account, secret: secret.reveal() }),
      () => undefined,
    );
  }

  async remove(account: string): Promise<Result<boolean>> {
    return mapped(await this.#call({ operation: 'remove', account }), (value) => value === true);
  }

  onLateAnswer(listener: () => void): void {
    this.#lateListeners.add(listener);
  }

  close(): void {
    this.#lateListeners.clear();
    this.#dropWorker();
  }

  /** Waits for its turn and for the answer, for `deadlineMs` in all. Undefined means that the time is over. */
  async #call(operation: Operation): Promise<Reply | undefined> {
    const { clock, deadlineMs } = this.#options;
    const until = clock.monotonic() + deadlineMs;
    this.#abandonHangingCall();
    while (this.#running !== undefined) {
      const answered = await this.#before(until, this.#running.reply);
      if (answered === undefined) return undefined;
    }
    const call = this.#start(operation);
    const reply = await this.#before(until, call.reply);
    if (reply === undefined) void this.#tellWhenAnswered(call);
    return reply;
  }

  async #before(until: number, reply: Promise<Reply>): Promise<Reply | undefined> {
    const { clock } = this.#options;
    return new Promise((resolve) => {
      const cancel = clock.after(until - clock.monotonic(), () => {
        resolve(undefined);
      });
      void reply.then((answer) => {
        cancel();
        resolve(answer);
      });
    });
  }

  #start(operation: Operation): RunningCall {
    const id = ++this.#lastId;
    let settle: (reply: Reply) => void = () => undefined;
    const reply = new Promise<Reply>((resolve) => {
      settle = resolve;
    });
    const finish = (answer: Reply) => {
      if (this.#running === call) this.#running = undefined;
      settle(answer);
    };
    const call: RunningCall = { id, startedAt: this.#options.clock.monotonic(), reply, finish };
    this.#running = call;
    const message: KeychainCall = { id, ...operation };
    this.#worker ??= this.#startWorker();
    this.#worker.postMessage(message);
    return call;
  }

  #startWorker(): KeychainWorker {
    const worker = this.#options.startWorker(this.#options.service);
    worker.on('message', (reply: KeychainReply) => {
      if (this.#running?.id === reply.id) this.#running.finish(reply);
    });
    // The binding could not be loaded, or the thread broke down: there is no keychain through it.
    worker.on('error', () => {
      if (this.#worker === worker) this.#dropWorker();
    });
    return worker;
  }

  #abandonHangingCall(): void {
    const { clock, abandonMs } = this.#options;
    if (this.#running !== undefined && clock.monotonic() - this.#running.startedAt > abandonMs)
      this.#dropWorker();
  }

  #dropWorker(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#running?.finish({ outcome: 'unavailable' });
  }

  async #tellWhenAnswered({ reply }: RunningCall): Promise<void> {
    if ((await reply).outcome !== 'done') return;
    for (const listener of this.#lateListeners) listener();
  }
}

function mapped<T>(reply: Reply | undefined, use: (value: string | boolean | null) => T): Result<T> {
  if (reply?.outcome === 'done') return success(use(reply.value));
  return failed(reply?.outcome === 'unavailable' ? 'STORE_UNAVAILABLE' : 'STORE_LOCKED');
}
