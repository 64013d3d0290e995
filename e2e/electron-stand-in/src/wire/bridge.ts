import { describe, rebuild, type BridgeValue } from './bridge-values';

type World = 'page' | 'preload';
type AnyFunction = (...args: unknown[]) => unknown;

type Message =
  | { readonly kind: 'has'; readonly key: string }
  | { readonly kind: 'expose'; readonly key: string; readonly api: BridgeValue }
  | { readonly kind: 'call'; readonly id: number; readonly args: readonly BridgeValue[] }
  | { readonly kind: 'settle'; readonly id: number; readonly ok: boolean; readonly value: BridgeValue };

type Answer =
  { readonly ok: true; readonly value: BridgeValue } | { readonly ok: false; readonly message: string };

const UNKNOWN_EXCEPTION =
  'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.';

/** What the page's world does with what the preload exposes. */
export interface PageSide {
  has(key: string): boolean;
  expose(key: string, api: unknown): void;
}

/** Where the two ends meet: the window both worlds share. */
type EventTargetLike = Pick<EventTarget, 'addEventListener' | 'dispatchEvent'>;

function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return UNKNOWN_EXCEPTION;
  return typeof error.message === 'string' ? error.message : UNKNOWN_EXCEPTION;
}

/**
 * contextBridge between two worlds of one frame. A CustomEvent is delivered synchronously to the listeners of
 * every world, and Blink clones its `detail` for each, so a call across is a synchronous event and its answer
 * another one. The event names carry a random token; the page cannot guess them.
 */
export class Bridge {
  private readonly functions = new Map<number, AnyFunction>();
  private readonly functionIds = new Map<AnyFunction, number>();
  private readonly promises = new Map<number, { resolve(v: unknown): void; reject(e: unknown): void }>();
  private readonly outgoing: string;
  private readonly dispatch: (event: Event) => void;
  private readonly EventClass = CustomEvent;
  private readonly page: PageSide | undefined;
  private lastId = 0;
  private answer: Answer | undefined;

  constructor(token: string, world: World, target: EventTargetLike, page?: PageSide) {
    const incoming = `${token}:${world}`;
    this.outgoing = `${token}:${world === 'page' ? 'preload' : 'page'}`;
    this.page = page;
    // Taken before any script of the page runs, so that it cannot replace it.
    const { dispatchEvent } = target;
    this.dispatch = (event) => dispatchEvent.call(target, event);
    this.listen(target, incoming, (detail) => {
      const answer = this.receive(detail as Message);
      this.post(`${this.outgoing}:answer`, answer);
    });
    this.listen(target, `${incoming}:answer`, (detail) => {
      this.answer = detail as Answer;
    });
  }

  /** `contextBridge.exposeInMainWorld`, called in the preload's world. */
  expose(key: string, api: unknown): void {
    if (rebuildAnswer(this.ask({ kind: 'has', key })) === true) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    this.offer(key, api);
  }

  /** The same without the check, for the stand-in's own services. */
  offer(key: string, api: unknown): void {
    rebuildAnswer(this.ask({ kind: 'expose', key, api: this.describe(api) }));
  }

  private listen(target: EventTargetLike, name: string, use: (detail: unknown) => void): void {
    target.addEventListener(
      name,
      (event) => {
        event.stopImmediatePropagation();
        use((event as CustomEvent<unknown>).detail);
      },
      true,
    );
  }

  private post(name: string, detail: unknown): void {
    this.dispatch(new this.EventClass(name, { detail }));
  }

  private ask(message: Message): Answer {
    this.answer = undefined;
    this.post(this.outgoing, message);
    const answer = this.answer as Answer | undefined;
    this.answer = undefined;
    return answer ?? { ok: false, message: '[electron stand-in] the other world did not answer' };
  }

  private receive(message: Message): Answer {
    try {
      return { ok: true, value: this.describe(this.perform(message)) };
    } catch (error) {
      return { ok: false, message: messageOf(error) };
    }
  }

  private perform(message: Message): unknown {
    switch (message.kind) {
      case 'has':
        return this.page?.has(message.key);
      case 'expose':
        this.page?.expose(message.key, this.rebuild(message.api));
        return undefined;
      case 'call':
        return this.functions.get(message.id)?.(...message.args.map((arg) => this.rebuild(arg)));
      case 'settle': {
        const promise = this.promises.get(message.id);
        this.promises.delete(message.id);
        const value = this.rebuild(message.value);
        if (message.ok) promise?.resolve(value);
        else promise?.reject(value);
        return undefined;
      }
    }
  }

  private describe(value: unknown): BridgeValue {
    return describe(value, {
      functionId: (f) => {
        const id = this.functionIds.get(f) ?? this.nextId();
        this.functionIds.set(f, id);
        this.functions.set(id, f);
        return id;
      },
      promiseId: (promise) => {
        const id = this.nextId();
        const settle = (ok: boolean) => (result: unknown) => {
          this.ask({ kind: 'settle', id, ok, value: this.describe(result) });
        };
        promise.then(settle(true)).catch(settle(false));
        return id;
      },
    });
  }

  private rebuild(value: BridgeValue): unknown {
    return rebuild(value, {
      functionProxy:
        (id) =>
        (...args: unknown[]) => {
          const answer = this.ask({ kind: 'call', id, args: args.map((arg) => this.describe(arg)) });
          if (!answer.ok) throw new Error(answer.message);
          return this.rebuild(answer.value);
        },
      promiseProxy: (id) =>
        new Promise((resolve, reject) => {
          this.promises.set(id, { resolve, reject });
        }),
    });
  }

  private nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }
}

/** A plain answer (a boolean, nothing) to one of the bridge's own questions. */
function rebuildAnswer(answer: Answer): unknown {
  if (!answer.ok) throw new Error(answer.message);
  return answer.value.t === 'value' ? answer.value.v : undefined;
}
