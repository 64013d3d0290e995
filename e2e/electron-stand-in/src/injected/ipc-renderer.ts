import { decode, encode } from '../wire/codec';
import type { HostMessage, PreloadMessage } from '../wire/messages';

type Listener = (event: object, ...args: unknown[]) => void;

interface Registration {
  readonly listener: Listener;
  readonly once: boolean;
}

/** `ipcRenderer` of a sandboxed preload, over the host's binding. */
export class IpcRendererStandIn implements Pick<Electron.IpcRenderer, 'send' | 'invoke'> {
  private readonly listeners = new Map<string, Registration[]>();
  private readonly waiting = new Map<number, { resolve(v: unknown): void; reject(e: Error): void }>();
  private readonly post: (message: PreloadMessage) => void;
  private lastId = 0;

  constructor(post: (message: PreloadMessage) => void) {
    this.post = post;
  }

  send(channel: string, ...args: unknown[]): void {
    this.post({ kind: 'send', channel: requireChannel(channel), payload: encode(args) });
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Electron's own signature: the caller says what it expects
  async invoke(channel: string, ...args: unknown[]): Promise<any> {
    const payload = encode(args);
    return this.ask((id) => ({ kind: 'invoke', id, channel: requireChannel(channel), payload }));
  }

  /** Asks the app's permission request handler, for the page's world. */
  async askPermission(permission: string): Promise<boolean> {
    return (await this.ask((id) => ({ kind: 'permission', id, permission }))) === true;
  }

  on(channel: string, listener: Listener): this {
    return this.add(channel, { listener, once: false });
  }

  addListener(channel: string, listener: Listener): this {
    return this.on(channel, listener);
  }

  once(channel: string, listener: Listener): this {
    return this.add(channel, { listener, once: true });
  }

  off(channel: string, listener: Listener): this {
    const all = this.listeners.get(channel) ?? [];
    // The latest registration goes first, as in Node's EventEmitter.
    const index = all.findLastIndex((registration) => registration.listener === listener);
    if (index >= 0) this.listeners.set(channel, all.toSpliced(index, 1));
    return this;
  }

  removeListener(channel: string, listener: Listener): this {
    return this.off(channel, listener);
  }

  removeAllListeners(channel?: string): this {
    if (channel === undefined) this.listeners.clear();
    else this.listeners.delete(channel);
    return this;
  }

  listenerCount(channel: string): number {
    return this.listeners.get(channel)?.length ?? 0;
  }

  /** A message of the host; not part of Electron's object. */
  receive(message: HostMessage, presented: object): void {
    if (message.kind === 'event') {
      const event = { sender: presented, ports: [] };
      for (const registration of [...(this.listeners.get(message.channel) ?? [])]) {
        if (registration.once) this.off(message.channel, registration.listener);
        // Decoded for each: one listener's changes are not another's arguments.
        registration.listener(event, ...(decode(message.payload) as unknown[]));
      }
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === 'result') waiting?.resolve(decode(message.payload));
    else waiting?.reject(new Error(message.message));
  }

  private add(channel: string, registration: Registration): this {
    this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), registration]);
    return this;
  }

  private ask(question: (id: number) => PreloadMessage): Promise<unknown> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.post(question(id));
    });
  }
}

function requireChannel(channel: unknown): string {
  if (typeof channel !== 'string')
    throw new TypeError('Error processing argument at index 1, conversion failure from channel');
  return channel;
}
