import type { Protocol } from 'devtools-protocol';
import type { PageTarget } from '../chromium/browser-process';
import { ConnectionClosed, type CdpSession } from '../chromium/connection';
import type { IpcMainStandIn } from '../electron/ipc-main';
import type { Loading } from '../electron/web-contents-loading';
import { BannerScript } from './banner';
import { createEvent } from '../host/events';
import { hostState } from '../host/state';
import { currentMedia } from '../electron/native-theme';
import { decode } from '../wire/codec';
import { BINDING, RECEIVER, type HostMessage, type PreloadMessage } from '../wire/messages';
import { FrameTree, PRELOAD_WORLD, type Frame } from './frame-tree';
import { answerInvoke } from './ipc-router';
import { injectedSettings, pageWorldScript, preloadWorldScript } from './preload-script';
import { RequestGate } from './request-gate';
import { schemeMapping } from './scheme-mapping';
import type { SessionPolicy } from './session-policy';

/** The webContents a page belongs to. */
export interface PageOwner {
  readonly id: number;
  readonly presented: Electron.WebContents;
  readonly preferences: Electron.WebPreferences;
  readonly loading: Loading;
  emit(event: string, ...args: unknown[]): boolean;
  ipcEmitters(): IpcMainStandIn[];
  presentFrame(frame: Frame): Electron.WebFrameMain;
  policyOf(): SessionPolicy;
  windowOpened(event: Protocol.Page.WindowOpenEvent): void;
  loaded(): void;
  titleChanged(title: string): void;
  rendererGone(): void;
}

/** One page of Chromium behaving as a webContents: worlds, messages, requests and events. */
export class Page {
  readonly session: CdpSession;
  readonly targetId: string;
  readonly frames: FrameTree;
  readonly gate: RequestGate;
  private readonly owner: PageOwner;

  constructor({ session, targetId }: PageTarget, owner: PageOwner) {
    this.session = session;
    this.targetId = targetId;
    this.owner = owner;
    this.frames = new FrameTree(session, {
      navigated: (frame, details) => {
        this.onNavigated(frame, details);
      },
      navigatedInPage: (frame) => {
        this.onNavigatedInPage(frame);
      },
    });
    const policy = owner.policyOf();
    this.gate = new RequestGate(
      session,
      {
        mayNavigate: (url, redirected) => this.mayNavigate(url, redirected),
        mayRequest: (details) => policy.mayRequest(details),
        receiveHeaders: (details, status, headers) => policy.receiveHeaders(details, status, headers),
        handlerOf: (scheme) => policy.handlerOf(scheme),
        beforeDocument: (url) => policy.applyPermissionChecks(owner.presented, url),
      },
      { id: owner.id, isMainFrame: (frameId) => frameId === this.frames.main?.id },
    );
  }

  /** Sets everything up while the page is still paused, then lets it run. */
  async prepare(preferences: Electron.WebPreferences, size: Electron.Size): Promise<void> {
    const { session } = this;
    this.listen();
    const settings = injectedSettings(preferences);
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      this.gate.open((error) => {
        this.report(error);
      }),
      session.send('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD }),
      this.resize(size),
      session.send('Emulation.setEmulatedMedia', currentMedia()),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript(settings) }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        worldName: PRELOAD_WORLD,
        source: preloadWorldScript(settings, preferences.preload),
      }),
      hostState.headless ? undefined : session.send('Page.addScriptToEvaluateOnNewDocument', BannerScript),
    ]);
    const { frameTree } = await session.send('Page.getFrameTree');
    this.frames.adopt(frameTree);
    await session.send('Runtime.runIfWaitingForDebugger');
  }

  /** A headless page has the window's size; a real window has its own. */
  async resize({ width, height }: Electron.Size): Promise<void> {
    if (!hostState.headless) return;
    await this.session.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
  }

  /** Hands a message to the preload's world of a frame; a frame without one (a page without preload) drops it. */
  deliver(frame: Frame, message: HostMessage): void {
    if (frame.preloadWorld !== undefined) this.deliverTo(frame.preloadWorld, message);
  }

  async evaluate(frame: Frame | undefined, expression: string, userGesture: boolean): Promise<unknown> {
    const { result, exceptionDetails } = await this.session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
      ...(frame?.pageWorld === undefined ? {} : { contextId: frame.pageWorld }),
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  }

  private listen(): void {
    const { session, owner } = this;
    session.on('Runtime.bindingCalled', ({ name, executionContextId, payload }) => {
      if (name !== BINDING) return;
      this.onMessage(executionContextId, JSON.parse(payload) as PreloadMessage).catch((error: unknown) => {
        this.report(error);
      });
    });
    session.on('Page.domContentEventFired', () => {
      owner.emit('dom-ready', createEvent());
    });
    session.on('Page.loadEventFired', () => {
      // Neither the blank page every window starts with nor Chromium's error page is a load of the app's.
      if (!/^(|about:blank|chrome-error:.*)$/.test(this.frames.main?.url ?? '')) owner.loaded();
    });
    session.on('Runtime.consoleAPICalled', ({ type, args }) => {
      const message = args.map((arg) => String(arg.value ?? arg.description ?? '')).join(' ');
      const level = type === 'warning' || type === 'error' || type === 'debug' ? type : 'info';
      owner.emit('console-message', createEvent({ level, message, lineNumber: 0, sourceId: '' }));
    });
    session.on('Inspector.targetCrashed', () => {
      owner.rendererGone();
    });
    session.on('Page.windowOpen', (event) => {
      owner.windowOpened(event);
    });
    session.on('Page.javascriptDialogOpening', ({ type }) => {
      // Nobody can answer alert() and confirm(); leaving the page is never refused.
      session.tell('Page.handleJavaScriptDialog', { accept: type === 'alert' || type === 'beforeunload' });
    });
  }

  private mayNavigate(url: string, redirected: boolean): boolean {
    if (this.owner.loading.takeOwnNavigation()) return true;
    const frame = this.frames.main ? this.owner.presentFrame(this.frames.main) : null;
    const event = createEvent({ url, isSameDocument: false, isMainFrame: true, frame, initiator: frame });
    this.owner.emit(redirected ? 'will-redirect' : 'will-navigate', event, url, false, true);
    return !event.defaultPrevented;
  }

  private onNavigated(frame: Frame, details: Protocol.Page.Frame): void {
    if (frame !== this.frames.main) return;
    if (details.unreachableUrl !== undefined) {
      // A failed load commits an error page. loadURL learns of it by its answer; a page's own navigation here.
      const url = schemeMapping.fromChromium(details.unreachableUrl);
      if (!this.owner.loading.isPending) this.owner.loading.failed(this.gate.explain('net::ERR_FAILED'), url);
      return;
    }
    if (frame.url !== 'about:blank') this.owner.loading.arrived();
    this.owner.emit('did-navigate', createEvent(), frame.url, 200, '');
  }

  private onNavigatedInPage(frame: Frame): void {
    const isMainFrame = frame === this.frames.main;
    this.owner.emit('did-navigate-in-page', createEvent(), frame.url, isMainFrame, 1, frame.number);
    if (isMainFrame) this.owner.loading.finishedInPage();
  }

  private async onMessage(world: number, message: PreloadMessage): Promise<void> {
    const frame = this.frames.byPreloadWorld(world);
    const { owner } = this;
    const event = createEvent({
      type: 'frame' as const,
      processId: 1,
      frameId: frame?.number ?? 0,
      frameTreeNodeId: frame?.number ?? 0,
      sender: owner.presented,
      senderFrame: frame ? owner.presentFrame(frame) : null,
    });
    switch (message.kind) {
      case 'send':
        this.onSend(frame, message.channel, decode(message.payload) as unknown[], event);
        return;
      case 'invoke':
        this.deliverTo(world, await answerInvoke(message, event, owner.ipcEmitters()));
        return;
      case 'permission': {
        const granted = await owner
          .policyOf()
          .askPermission(owner.presented, message.permission, frame?.url ?? '');
        this.deliverTo(world, {
          kind: 'result',
          id: message.id,
          payload: JSON.stringify({ r: granted, t: [] }),
        });
        return;
      }
      case 'title':
        owner.titleChanged(message.title);
        return;
      case 'preload-error':
        console.error(
          `Unable to load preload script: ${owner.preferences.preload ?? ''}\n${message.message}`,
        );
        owner.emit('preload-error', createEvent(), owner.preferences.preload, new Error(message.message));
    }
  }

  private onSend(frame: Frame | undefined, channel: string, args: unknown[], base: object): void {
    const event = {
      ...base,
      ports: [],
      reply: (to: string, ...values: unknown[]) => {
        if (frame) this.owner.presentFrame(frame).send(to, ...values);
      },
    };
    this.owner.emit('ipc-message', event, channel, ...args);
    for (const emitter of this.owner.ipcEmitters()) emitter.emit(channel, event, ...args);
  }

  private deliverTo(contextId: number, message: HostMessage): void {
    const text = JSON.stringify(JSON.stringify(message));
    this.session.tell('Runtime.evaluate', { expression: `${RECEIVER}.receive(${text})`, contextId });
  }

  private report(error: unknown): void {
    const gone = error instanceof ConnectionClosed || this.owner.presented.isDestroyed();
    if (!gone) console.error('[electron stand-in]', error);
  }
}
