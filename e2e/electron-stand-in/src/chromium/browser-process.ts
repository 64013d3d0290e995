import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import type { Protocol } from 'devtools-protocol';
import type { CdpConnection, CdpSession } from './connection';
import { killGroup, launchChromium, type LaunchOptions } from './launch';

/** A page of Chromium, paused before its first script when it is new. */
export interface PageTarget {
  readonly targetId: string;
  readonly session: CdpSession;
}

/** What the windows want to know about targets. */
export interface TargetObserver {
  /** A page opened another (`window.open`, `target=_blank`); the new one is paused. */
  opened(openerId: string, page: PageTarget, url: string): void;
  /** The page is gone, by whoever closed it. */
  destroyed(targetId: string): void;
}

const CLOSE_DEADLINE_MS = 3000;

/** The running Chromium: its pages, and its end. */
export class BrowserProcess {
  readonly version: string;
  private readonly connection: CdpConnection;
  private readonly child: ChildProcess;
  private readonly temporaryFolder: string;
  private readonly sessions = new Map<string, CdpSession>();
  private readonly waiting = new Map<string, (session: CdpSession) => void>();
  private readonly headless: boolean;
  private readonly observer: TargetObserver;
  /** Pages this host asked for; the only other pages are pop-ups and the first real window. */
  private readonly requested = new Set<string>();
  private firstWindow: string | undefined;

  private constructor(
    launched: Awaited<ReturnType<typeof launchChromium>>,
    headless: boolean,
    observer: TargetObserver,
  ) {
    this.version = launched.version;
    this.connection = launched.connection;
    this.child = launched.process;
    this.temporaryFolder = launched.temporaryFolder;
    this.headless = headless;
    this.observer = observer;
  }

  /** Launches Chromium and begins to observe its targets; `onGone` is called once if it ends by itself. */
  static async start(
    options: LaunchOptions,
    observer: TargetObserver,
    onGone: () => void,
  ): Promise<BrowserProcess> {
    const launched = await launchChromium(options);
    const browser = new BrowserProcess(launched, options.headless, observer);
    launched.connection.whenClosed(onGone);
    await browser.observe();
    return browser;
  }

  get closed(): boolean {
    return this.connection.closed;
  }

  get root(): CdpSession {
    return this.connection.root;
  }

  /** A blank page, in a window of its own; a real first window is the one Chromium started with. */
  async createPage(size: { width: number; height: number }): Promise<PageTarget> {
    let targetId = this.firstWindow;
    this.firstWindow = undefined;
    if (targetId === undefined) {
      const created = await this.root.send('Target.createTarget', {
        url: 'about:blank',
        newWindow: true,
        ...size,
      });
      targetId = created.targetId;
      this.requested.add(targetId);
    }
    const session = this.sessions.get(targetId) ?? (await this.attached(targetId));
    if (!this.headless) await this.resizeWindow(targetId, size);
    return { targetId, session };
  }

  async resizeWindow(targetId: string, bounds: Protocol.Browser.Bounds): Promise<void> {
    const { windowId } = await this.root.send('Browser.getWindowForTarget', { targetId });
    await this.root.send('Browser.setWindowBounds', { windowId, bounds });
  }

  closePage(targetId: string): void {
    this.root.tell('Target.closeTarget', { targetId });
  }

  /** Asks Chromium to end, so that its profile is complete on disk, and waits until it has. */
  async stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      if (this.child.exitCode !== null || this.child.signalCode !== null) resolve();
      else {
        this.child.once('exit', () => {
          resolve();
        });
      }
    });
    this.root.tell('Browser.close');
    const timer = setTimeout(() => {
      killGroup(this.child);
    }, CLOSE_DEADLINE_MS);
    await gone;
    clearTimeout(timer);
    killGroup(this.child);
    fs.rmSync(this.temporaryFolder, { recursive: true, force: true });
  }

  private attached(targetId: string): Promise<CdpSession> {
    return new Promise((resolve) => {
      this.waiting.set(targetId, resolve);
    });
  }

  private async observe(): Promise<void> {
    this.root.on('Target.attachedToTarget', (event) => {
      this.onAttached(event);
    });
    this.root.on('Target.targetDestroyed', ({ targetId }) => {
      this.sessions.delete(targetId);
      this.observer.destroyed(targetId);
    });
    // Nothing is downloaded into the person's folders; Electron's `will-download` is not implemented here.
    await this.root.send('Browser.setDownloadBehavior', { behavior: 'deny' });
    await this.root.send('Target.setDiscoverTargets', { discover: true });
    await this.root.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
    });
  }

  private onAttached({ sessionId, targetInfo }: Protocol.Target.AttachedToTargetEvent): void {
    const session = this.connection.session(sessionId);
    if (!session) return;
    const { targetId } = targetInfo;
    if (targetInfo.type !== 'page') {
      session.tell('Runtime.runIfWaitingForDebugger');
      return;
    }
    this.sessions.set(targetId, session);
    const waiting = this.waiting.get(targetId);
    this.waiting.delete(targetId);
    waiting?.(session);
    if (targetInfo.openerId !== undefined) {
      this.observer.opened(targetInfo.openerId, { targetId, session }, targetInfo.url);
    } else if (!this.headless && !this.requested.has(targetId) && waiting === undefined) {
      this.firstWindow ??= targetId;
    }
  }
}
