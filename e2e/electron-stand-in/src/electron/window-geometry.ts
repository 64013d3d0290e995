import { EventEmitter } from 'node:events';
import { createEvent } from '../host/events';
import { recordCall } from '../host/state';

type Implemented =
  | 'center'
  | 'getBounds'
  | 'getContentBounds'
  | 'getContentSize'
  | 'getMinimumSize'
  | 'getNormalBounds'
  | 'getPosition'
  | 'getSize'
  | 'isAlwaysOnTop'
  | 'isFullScreen'
  | 'isMaximized'
  | 'isMinimized'
  | 'isNormal'
  | 'isResizable'
  | 'maximize'
  | 'minimize'
  | 'restore'
  | 'setAlwaysOnTop'
  | 'setBounds'
  | 'setContentBounds'
  | 'setContentSize'
  | 'setFullScreen'
  | 'setMinimumSize'
  | 'setPosition'
  | 'setResizable'
  | 'setSize'
  | 'unmaximize';

/** A window's place and size, and the states that change them; without a frame, so content and window are one. */
export abstract class WindowGeometry
  extends EventEmitter
  implements Pick<Electron.BrowserWindow, Implemented>
{
  protected bounds: Electron.Rectangle;
  private minimum: Electron.Size;
  private minimized = false;
  private maximized = false;
  private fullScreen = false;
  private onTop: boolean;
  private resizable: boolean;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.minimum = { width: options.minWidth ?? 0, height: options.minHeight ?? 0 };
    this.onTop = options.alwaysOnTop ?? false;
    this.resizable = options.resizable ?? true;
  }

  /** The size or place may have changed. */
  protected abstract geometryChanged(): void;

  getBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }

  getNormalBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  getSize(): number[] {
    return [this.bounds.width, this.bounds.height];
  }

  getContentSize(): number[] {
    return this.getSize();
  }

  getPosition(): number[] {
    return [this.bounds.x, this.bounds.y];
  }

  getMinimumSize(): number[] {
    return [this.minimum.width, this.minimum.height];
  }

  setMinimumSize(width: number, height: number): void {
    this.minimum = { width, height };
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const before = this.bounds;
    const asked = { ...before, ...bounds };
    this.bounds = {
      ...asked,
      width: Math.max(asked.width, this.minimum.width),
      height: Math.max(asked.height, this.minimum.height),
    };
    const { x, y, width, height } = this.bounds;
    if (width !== before.width || height !== before.height) this.emit('resize', createEvent());
    if (x !== before.x || y !== before.y) this.emit('move', createEvent());
    this.geometryChanged();
  }

  setContentBounds(bounds: Electron.Rectangle): void {
    this.setBounds(bounds);
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  center(): void {
    recordCall('window.center');
  }

  isResizable(): boolean {
    return this.resizable;
  }

  setResizable(resizable: boolean): void {
    this.resizable = resizable;
  }

  isAlwaysOnTop(): boolean {
    return this.onTop;
  }

  setAlwaysOnTop(flag: boolean): void {
    this.onTop = flag;
    this.emit('always-on-top-changed', createEvent(), flag);
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  minimize(): void {
    this.minimized = true;
    this.emit('minimize', createEvent());
  }

  restore(): void {
    this.minimized = false;
    this.emit('restore', createEvent());
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  maximize(): void {
    this.maximized = true;
    this.emit('maximize', createEvent());
  }

  unmaximize(): void {
    this.maximized = false;
    this.emit('unmaximize', createEvent());
  }

  isFullScreen(): boolean {
    return this.fullScreen;
  }

  setFullScreen(flag: boolean): void {
    this.fullScreen = flag;
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen', createEvent());
  }

  isNormal(): boolean {
    return !this.minimized && !this.maximized && !this.fullScreen;
  }
}
