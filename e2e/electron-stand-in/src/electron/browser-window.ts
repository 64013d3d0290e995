import type { PageTarget } from '../chromium/browser-process';
import { createEvent } from '../host/events';
import { hostState } from '../host/state';
import { strictClass, strictSelf } from '../host/strict';
import { appImplementation } from './app';
import { appIdentity } from './app-identity';
import { WebContentsStandIn } from './web-contents';
import { WindowDecorations } from './window-decorations';
import { windowRegistry } from './window-registry';

type Options = Electron.BrowserWindowConstructorOptions;

type Implemented =
  | 'blur'
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getTitle'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isFocused'
  | 'isVisible'
  | 'loadFile'
  | 'loadURL'
  | 'reload'
  | 'setTitle'
  | 'show'
  | 'showInactive'
  | 'webContents';

function refuseUnsafe(preferences: Electron.WebPreferences): void {
  const { contextIsolation, nodeIntegration, sandbox, webviewTag } = preferences;
  if (contextIsolation === false || nodeIntegration === true || sandbox === false || webviewTag === true) {
    throw new Error(
      '[electron stand-in] only sandboxed windows with context isolation and without Node are implemented',
    );
  }
}

/** `BrowserWindow`: one page of Chromium with the state of a window. */
export class BrowserWindowStandIn
  extends WindowDecorations
  implements Pick<Electron.BrowserWindow, Implemented>
{
  readonly id: number;
  readonly contents: WebContentsStandIn;
  readonly webContents: Electron.WebContents;
  private readonly presented: BrowserWindowStandIn;
  private visible: boolean;
  private title: string;
  private closed = false;
  private shownOnce = false;

  /** `adopted` is a page that another page opened. */
  constructor(options: Options = {}, adopted?: PageTarget) {
    super(options);
    const { browser } = hostState;
    if (!appImplementation.isReady() || !browser)
      throw new Error('Cannot create BrowserWindow before app is ready');
    const preferences = options.webPreferences ?? {};
    refuseUnsafe(preferences);
    this.title = options.title ?? appIdentity.name;
    this.visible = options.show !== false;
    this.presented = strictSelf(this, 'BrowserWindow', { destroyed: () => this.closed });
    this.id = windowRegistry.add(this.presented);
    const size = { width: this.bounds.width, height: this.bounds.height };
    const target = adopted ? Promise.resolve(adopted) : browser.createPage(size);
    const host = {
      close: () => {
        this.close();
      },
      readyToShow: () => {
        this.readyToShow();
      },
      titled: (title: string) => {
        this.pageTitled(title);
      },
    };
    this.contents = new WebContentsStandIn(host, preferences, target, size);
    this.webContents = this.contents.presented;
    appImplementation.emit(
      'web-contents-created',
      createEvent({ sender: this.webContents }),
      this.webContents,
    );
    appImplementation.emit('browser-window-created', createEvent(), this.presented);
    return this.presented;
  }

  static getAllWindows(): BrowserWindowStandIn[] {
    return windowRegistry.all();
  }

  static getFocusedWindow(): BrowserWindowStandIn | null {
    return windowRegistry.all().find((window) => window.isFocused()) ?? null;
  }

  static fromId(id: number): BrowserWindowStandIn | null {
    return windowRegistry.byId(id) ?? null;
  }

  static fromWebContents(contents: Electron.WebContents): BrowserWindowStandIn | null {
    return windowRegistry.all().find(({ webContents }) => webContents === contents) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.contents.loadURL(url);
  }

  loadFile(file: string, options?: Electron.LoadFileOptions): Promise<void> {
    return this.contents.loadFile(file, options);
  }

  reload(): void {
    this.contents.reload();
  }

  show(): void {
    this.setVisible(true);
    this.focus();
  }

  showInactive(): void {
    this.setVisible(true);
  }

  hide(): void {
    this.setVisible(false);
  }

  isVisible(): boolean {
    return this.visible && !this.isMinimized();
  }

  focus(): void {
    this.emit('focus', createEvent());
    appImplementation.emit('browser-window-focus', createEvent(), this.presented);
  }

  blur(): void {
    this.emit('blur', createEvent());
    appImplementation.emit('browser-window-blur', createEvent(), this.presented);
  }

  isFocused(): boolean {
    return this.isVisible();
  }

  isDestroyed(): boolean {
    return this.closed;
  }

  getTitle(): string {
    return this.title;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  close(): void {
    this.requestClose();
  }

  /** Asks the app; false when it keeps the window. */
  requestClose(): boolean {
    if (this.closed) return true;
    const event = createEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.destroy();
    return true;
  }

  destroy(): void {
    if (this.closed) return;
    this.closed = true;
    this.contents.withSession(() => {
      const { targetId } = this.contents;
      if (targetId !== undefined) hostState.browser?.closePage(targetId);
    });
    this.contents.end();
    const last = windowRegistry.remove(this.id);
    this.emit('closed', createEvent());
    if (last) appImplementation.allWindowsClosed();
  }

  /** A person closed the real window; it cannot be kept, so an app that would keep it is quit. */
  closedByPerson(): void {
    if (this.closed) return;
    const event = createEvent();
    this.emit('close', event);
    this.destroy();
    if (event.defaultPrevented) appImplementation.quit();
  }

  protected override geometryChanged(): void {
    const { width, height } = this.bounds;
    this.contents.resize({ width, height });
    const { targetId } = this.contents;
    if (!hostState.headless && targetId !== undefined) {
      hostState.browser?.resizeWindow(targetId, { width, height }).catch(() => {});
    }
  }

  private setVisible(visible: boolean): void {
    if (visible && this.isMinimized()) this.restore();
    if (this.visible === visible) return;
    this.visible = visible;
    this.emit(visible ? 'show' : 'hide', createEvent());
    const { targetId } = this.contents;
    if (hostState.headless || targetId === undefined) return;
    // Chromium cannot hide a window; the nearest thing is to minimize it.
    hostState.browser
      ?.resizeWindow(targetId, { windowState: visible ? 'normal' : 'minimized' })
      .catch(() => {});
  }

  private pageTitled(title: string): void {
    const event = createEvent();
    this.contents.emit('page-title-updated', event, title, true);
    this.emit('page-title-updated', event, title, true);
    if (!event.defaultPrevented) this.title = title;
  }

  private readyToShow(): void {
    if (this.shownOnce || this.closed) return;
    this.shownOnce = true;
    this.contents.emit('ready-to-show', createEvent());
    this.emit('ready-to-show', createEvent());
  }
}

export const BrowserWindow = strictClass<typeof Electron.BrowserWindow>(
  BrowserWindowStandIn,
  'BrowserWindow',
);
