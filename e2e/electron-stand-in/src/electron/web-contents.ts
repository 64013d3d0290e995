import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Protocol } from 'devtools-protocol';
import type { PageTarget } from '../chromium/browser-process';
import { createEvent } from '../host/events';
import { hostState } from '../host/state';
import { strict } from '../host/strict';
import type { Frame } from '../page/frame-tree';
import { Page, type PageOwner } from '../page/page';
import { schemeMapping } from '../page/scheme-mapping';
import { encode } from '../wire/codec';
import { ipcMainImplementation, IpcMainStandIn } from './ipc-main';
import { sessionImplementation, defaultSession } from './session';
import { presentFrame, type FrameOwner } from './web-frame-main';
import { webContentsRegistry } from './web-contents-registry';
import { WebContentsPage } from './web-contents-page';
import { Loading } from './web-contents-loading';
import { openDetails, type OpenDecision } from './window-open';

type Implemented =
  | 'close'
  | 'getTitle'
  | 'getURL'
  | 'id'
  | 'ipc'
  | 'isCrashed'
  | 'isDestroyed'
  | 'isLoading'
  | 'isLoadingMainFrame'
  | 'loadFile'
  | 'loadURL'
  | 'mainFrame'
  | 'reload'
  | 'send'
  | 'session'
  | 'setWindowOpenHandler'
  | 'setZoomFactor';

/** What a webContents needs of the window it is shown in. */
export interface WebContentsHost {
  /** Asked to close, by the page or by a person. */
  close(): void;
  readyToShow(): void;
  /** The page has another title. */
  titled(title: string): void;
}

export class WebContentsStandIn
  extends WebContentsPage
  implements Pick<Electron.WebContents, Implemented>, FrameOwner, PageOwner
{
  readonly id: number;
  readonly session = defaultSession;
  readonly presented: Electron.WebContents;
  readonly ipcImplementation = new IpcMainStandIn();
  readonly ipc = strict<Electron.IpcMain>(this.ipcImplementation, 'webContents.ipc');
  readonly preferences: Electron.WebPreferences;
  readonly loading = new Loading(this);
  private readonly window: WebContentsHost;
  protected override readonly page: Promise<Page>;
  private readonly frameFaces = new WeakMap<Frame, Electron.WebFrameMain>();
  private openHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | undefined;
  private current: Page | undefined;
  private lastOpen: Protocol.Page.WindowOpenEvent | undefined;
  private destroyed = false;
  private crashed = false;
  private title = '';

  constructor(
    window: WebContentsHost,
    preferences: Electron.WebPreferences,
    target: Promise<PageTarget>,
    size: Electron.Size,
  ) {
    super();
    this.window = window;
    this.preferences = preferences;
    this.id = webContentsRegistry.add(this);
    this.presented = strict<Electron.WebContents>(this, 'webContents', { destroyed: () => this.destroyed });
    this.page = target.then(async (found) => {
      this.current = new Page(found, this);
      await this.current.prepare(preferences, size);
      return this.current;
    });
    this.page.catch((error: unknown) => {
      if (!this.destroyed && hostState.browser?.closed === false) console.error('[electron stand-in]', error);
    });
  }

  get targetId(): string | undefined {
    return this.current?.targetId;
  }

  get mainFrame(): Electron.WebFrameMain {
    const frame = this.current?.frames.main;
    if (!frame)
      throw new Error(
        '[electron stand-in] webContents.mainFrame is not known before the window exists in Chromium',
      );
    return this.presentFrame(frame);
  }

  presentFrame(frame: Frame): Electron.WebFrameMain {
    const face = this.frameFaces.get(frame) ?? presentFrame(frame, this);
    this.frameFaces.set(frame, face);
    return face;
  }

  messageFrame(frame: Frame, channel: string, args: readonly unknown[]): void {
    const payload = encode([...args]);
    this.current?.deliver(frame, { kind: 'event', channel, payload });
  }

  async evaluateIn(frame: Frame, code: string, userGesture: boolean): Promise<unknown> {
    return (await this.page).evaluate(frame, code, userGesture);
  }

  ipcEmitters(): IpcMainStandIn[] {
    return [this.ipcImplementation, ipcMainImplementation];
  }

  send(channel: string, ...args: unknown[]): void {
    const frame = this.current?.frames.main;
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    if (frame) this.messageFrame(frame, channel, args);
  }

  getURL(): string {
    const url = this.current?.frames.main?.url ?? '';
    return url === 'about:blank' ? '' : url;
  }

  getTitle(): string {
    return this.title;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isLoading(): boolean {
    return this.loading.isLoading;
  }

  isLoadingMainFrame(): boolean {
    return this.loading.isLoading;
  }

  isCrashed(): boolean {
    return this.crashed;
  }

  setWindowOpenHandler(
    handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse,
  ): void {
    this.openHandler = handler;
  }

  /** Asks the app about a page that this one opened. */
  decideOpen(url: string): OpenDecision {
    const details = openDetails(
      this.lastOpen,
      schemeMapping.fromChromium(this.lastOpen?.url ?? url),
      this.getURL(),
    );
    this.lastOpen = undefined;
    const response = this.openHandler ? this.openHandler(details) : ({ action: 'allow' } as const);
    return { details, response };
  }

  loadURL(url: string): Promise<void> {
    const done = this.navigate(url);
    // As in Electron, nobody has to look at the promise.
    done.catch(() => {});
    return done;
  }

  private async navigate(url: string): Promise<void> {
    const page = await this.page;
    const load = this.loading.begin(url);
    this.loading.expectOwnNavigation();
    const { errorText } = await page.session.send('Page.navigate', { url: schemeMapping.toChromium(url) });
    if (errorText !== undefined && errorText !== '') this.loading.refused(load, page.gate.explain(errorText));
    return load.done;
  }

  loadFile(file: string, options: Electron.LoadFileOptions = {}): Promise<void> {
    const url = pathToFileURL(path.resolve(hostState.appPath, file));
    for (const [name, value] of Object.entries(options.query ?? {})) url.searchParams.set(name, value);
    if (options.search !== undefined) url.search = options.search;
    if (options.hash !== undefined) url.hash = options.hash;
    return this.loadURL(url.href);
  }

  reload(): void {
    this.loading.expectOwnNavigation();
    this.withSession((session) => {
      session.tell('Page.reload');
    });
  }

  close(): void {
    this.window.close();
  }

  windowOpened(event: Protocol.Page.WindowOpenEvent): void {
    this.lastOpen = event;
  }

  loaded(): void {
    this.loading.finished();
    this.window.readyToShow();
  }

  titleChanged(title: string): void {
    this.title = title;
    this.window.titled(title);
  }

  rendererGone(): void {
    this.crashed = true;
    this.emit('render-process-gone', createEvent(), { reason: 'crashed', exitCode: 1 });
  }

  policyOf(): typeof sessionImplementation {
    return sessionImplementation;
  }

  /** The window is gone. */
  end(): void {
    if (this.destroyed) return;
    this.current?.frames.detachAll();
    this.destroyed = true;
    webContentsRegistry.remove(this.id);
    this.emit('destroyed');
  }
}
