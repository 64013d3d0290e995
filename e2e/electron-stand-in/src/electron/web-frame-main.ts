import { EventEmitter } from 'node:events';
import { strict } from '../host/strict';
import type { Frame } from '../page/frame-tree';

/** What a frame needs of the page it belongs to. */
export interface FrameOwner {
  readonly mainFrame: Electron.WebFrameMain | null;
  presentFrame(frame: Frame): Electron.WebFrameMain;
  messageFrame(frame: Frame, channel: string, args: readonly unknown[]): void;
  evaluateIn(frame: Frame, code: string, userGesture: boolean): Promise<unknown>;
}

const FIRST_PROCESS = 1;

function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null';
  const { origin, protocol, host } = new URL(url);
  // A custom scheme is standard in Electron when it was registered so; Node's URL does not know that.
  return origin === 'null' && host !== '' ? `${protocol}//${host}` : origin;
}

export class WebFrameMainStandIn
  extends EventEmitter
  implements
    Pick<
      Electron.WebFrameMain,
      | 'detached'
      | 'executeJavaScript'
      | 'frameToken'
      | 'frameTreeNodeId'
      | 'frames'
      | 'isDestroyed'
      | 'name'
      | 'origin'
      | 'parent'
      | 'processId'
      | 'routingId'
      | 'send'
      | 'top'
      | 'url'
    >
{
  readonly processId = FIRST_PROCESS;
  private readonly frame: Frame;
  private readonly owner: FrameOwner;

  constructor(frame: Frame, owner: FrameOwner) {
    super();
    this.frame = frame;
    this.owner = owner;
  }

  get url(): string {
    return this.frame.url;
  }

  get name(): string {
    return this.frame.name;
  }

  get origin(): string {
    return originOf(this.frame.url);
  }

  get frameToken(): string {
    return this.frame.id;
  }

  get routingId(): number {
    return this.frame.number;
  }

  get frameTreeNodeId(): number {
    return this.frame.number;
  }

  get detached(): boolean {
    return this.frame.detached;
  }

  get parent(): Electron.WebFrameMain | null {
    return this.frame.parent ? this.owner.presentFrame(this.frame.parent) : null;
  }

  get top(): Electron.WebFrameMain | null {
    return this.owner.mainFrame;
  }

  get frames(): Electron.WebFrameMain[] {
    return [...this.frame.children].map((child) => this.owner.presentFrame(child));
  }

  isDestroyed(): boolean {
    return this.frame.detached;
  }

  send(channel: string, ...args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    this.owner.messageFrame(this.frame, channel, args);
  }

  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return this.owner.evaluateIn(this.frame, code, userGesture);
  }
}

export function presentFrame(frame: Frame, owner: FrameOwner): Electron.WebFrameMain {
  return strict<Electron.WebFrameMain>(new WebFrameMainStandIn(frame, owner), 'WebFrameMain');
}
