import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../chromium/connection';
import { schemeMapping } from './scheme-mapping';

/** The isolated world the preload runs in; Electron's own name for it. */
export const PRELOAD_WORLD = 'Electron Isolated Context';

/** One frame of a page and the two script worlds of its current document. */
export interface Frame {
  readonly id: string;
  readonly number: number;
  parent: Frame | undefined;
  readonly children: Set<Frame>;
  url: string;
  name: string;
  detached: boolean;
  pageWorld: number | undefined;
  preloadWorld: number | undefined;
}

export interface FrameTreeObserver {
  navigated(frame: Frame, details: Protocol.Page.Frame): void;
  navigatedInPage(frame: Frame): void;
}

/** Keeps the frames of one page, from DevTools' events. */
export class FrameTree {
  private readonly frames = new Map<string, Frame>();
  private readonly observer: FrameTreeObserver;
  private counter = 0;
  private mainFrame: Frame | undefined;

  constructor(session: CdpSession, observer: FrameTreeObserver) {
    this.observer = observer;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      this.addWorld(context);
    });
    session.on('Runtime.executionContextsCleared', () => {
      for (const frame of this.frames.values()) frame.pageWorld = frame.preloadWorld = undefined;
    });
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      this.add(frameId, parentFrameId);
    });
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason !== 'swap') this.remove(frameId);
    });
    session.on('Page.frameNavigated', ({ frame: details }) => {
      const frame = this.add(details.id, details.parentId);
      frame.url = schemeMapping.fromChromium(details.url + (details.urlFragment ?? ''));
      frame.name = details.name ?? '';
      this.observer.navigated(frame, details);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.frames.get(frameId);
      if (!frame) return;
      frame.url = schemeMapping.fromChromium(url);
      this.observer.navigatedInPage(frame);
    });
  }

  get main(): Frame | undefined {
    return this.mainFrame;
  }

  all(): Frame[] {
    return [...this.frames.values()];
  }

  byPreloadWorld(world: number): Frame | undefined {
    return this.all().find((frame) => frame.preloadWorld === world);
  }

  /** The frames that existed before the events began. */
  adopt(tree: Protocol.Page.FrameTree): void {
    const frame = this.add(tree.frame.id, tree.frame.parentId);
    if (frame.url === '') frame.url = schemeMapping.fromChromium(tree.frame.url);
    for (const child of tree.childFrames ?? []) this.adopt(child);
  }

  detachAll(): void {
    for (const frame of this.frames.values()) frame.detached = true;
  }

  private addWorld({ id, name, auxData }: Protocol.Runtime.ExecutionContextDescription): void {
    const { frameId, isDefault } = (auxData ?? {}) as {
      readonly frameId?: string;
      readonly isDefault?: boolean;
    };
    if (frameId === undefined) return;
    // A world may be told before its frame is; the parent, unknown then, is set when the frame is.
    const frame = this.add(frameId, undefined);
    if (name === PRELOAD_WORLD) frame.preloadWorld = id;
    else if (isDefault === true) frame.pageWorld = id;
  }

  private add(id: string, parentId: string | undefined): Frame {
    const frame = this.frames.get(id) ?? this.create(id);
    const parent = parentId === undefined ? undefined : this.frames.get(parentId);
    if (parent && !frame.parent) {
      frame.parent = parent;
      parent.children.add(frame);
    }
    if (parentId === undefined) this.mainFrame ??= frame;
    return frame;
  }

  private create(id: string): Frame {
    this.counter += 1;
    const frame: Frame = {
      id,
      number: this.counter,
      parent: undefined,
      children: new Set(),
      url: '',
      name: '',
      detached: false,
      pageWorld: undefined,
      preloadWorld: undefined,
    };
    this.frames.set(id, frame);
    return frame;
  }

  private remove(id: string): void {
    const frame = this.frames.get(id);
    if (!frame) return;
    for (const child of frame.children) this.remove(child.id);
    frame.detached = true;
    frame.parent?.children.delete(frame);
    this.frames.delete(id);
  }
}
