import type { Readable, Writable } from 'node:stream';
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping';

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;
type Listener = (...args: unknown[]) => void;

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}
interface Notice {
  readonly method: string;
  readonly params: unknown;
  readonly sessionId?: string;
}
interface Pending {
  readonly method: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The browser went away while, or before, it was asked something. */
export class ConnectionClosed extends Error {
  override readonly name = 'ConnectionClosed';
}

/** One target of the browser (or the browser itself): commands and events, typed by the protocol's own table. */
export class CdpSession {
  private readonly listeners = new Map<string, Listener[]>();
  private readonly connection: CdpConnection;
  readonly id: string | undefined;

  constructor(connection: CdpConnection, id: string | undefined) {
    this.connection = connection;
    this.id = id;
  }

  /** Rejects with the protocol's message, or {@link ConnectionClosed}. */
  send<M extends keyof Commands>(
    method: M,
    ...params: Commands[M]['paramsType']
  ): Promise<Commands[M]['returnType']> {
    return this.connection.send(method, params[0], this.id) as Promise<Commands[M]['returnType']>;
  }

  /** The same, where the answer does not matter and the target may be gone already. */
  tell<M extends keyof Commands>(method: M, ...params: Commands[M]['paramsType']): void {
    this.send(method, ...params).catch(() => {});
  }

  on<E extends keyof Events>(event: E, listener: (...args: Events[E]) => void): void {
    const all = this.listeners.get(event) ?? [];
    all.push(listener as Listener);
    this.listeners.set(event, all);
  }

  dispatch(event: string, params: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(params);
  }
}

/** The DevTools protocol over Chromium's `--remote-debugging-pipe`: JSON messages, each ended by a zero byte. */
export class CdpConnection {
  readonly root: CdpSession;
  private readonly sessions = new Map<string, CdpSession>();
  private readonly pending = new Map<number, Pending>();
  private readonly output: Writable;
  private readonly onClosed: (() => void)[] = [];
  private lastId = 0;
  private partial: Buffer[] = [];
  private isClosed = false;

  constructor(output: Writable, input: Readable) {
    this.root = new CdpSession(this, undefined);
    this.output = output;
    // A write to a browser that just died: the close of the other pipe tells the same.
    output.on('error', () => {});
    input.on('error', () => {});
    input.on('data', (chunk: Buffer) => {
      this.receive(chunk);
    });
    input.on('close', () => {
      this.close();
    });
  }

  get closed(): boolean {
    return this.isClosed;
  }

  whenClosed(listener: () => void): void {
    this.onClosed.push(listener);
  }

  session(id: string): CdpSession | undefined {
    return this.sessions.get(id);
  }

  send(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    if (this.isClosed) return Promise.reject(new ConnectionClosed(`${method}: the browser is gone`));
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { method, resolve, reject });
      this.output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  private receive(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      this.partial.push(chunk.subarray(start, end));
      start = end + 1;
      const text = Buffer.concat(this.partial).toString('utf8');
      this.partial = [];
      this.handle(JSON.parse(text) as Reply | Notice);
    }
    if (start < chunk.length) this.partial.push(chunk.subarray(start));
  }

  private handle(message: Reply | Notice): void {
    if ('id' in message) {
      const pending = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (message.error) pending?.reject(new Error(`${pending.method}: ${message.error.message}`));
      else pending?.resolve(message.result);
      return;
    }
    const params = message.params as { readonly sessionId?: string } | undefined;
    const subject = params?.sessionId;
    if (message.method === 'Target.attachedToTarget' && subject !== undefined) {
      this.sessions.set(subject, new CdpSession(this, subject));
    }
    const session = message.sessionId === undefined ? this.root : this.sessions.get(message.sessionId);
    session?.dispatch(message.method, message.params);
    if (message.method === 'Target.detachedFromTarget' && subject !== undefined)
      this.sessions.delete(subject);
  }

  private close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const { method, reject } of this.pending.values())
      reject(new ConnectionClosed(`${method}: the browser is gone`));
    this.pending.clear();
    for (const listener of this.onClosed) listener();
  }
}
