import { createEvent } from '../host/events';
import { hostState } from '../host/state';
import { SingleInstance, type SecondInstance } from '../host/single-instance';
import { strict } from '../host/strict';
import { appIdentity } from './app-identity';
import { appPaths } from './app-paths';
import { AppSystemCalls } from './app-system-calls';
import { commandLine } from './command-line';
import { windowRegistry } from './window-registry';

type Implemented =
  | 'commandLine'
  | 'dock'
  | 'exit'
  | 'getAppPath'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getSystemLocale'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setName'
  | 'setPath'
  | 'whenReady';

/** `app`: identity and paths, the single-instance lock, and the life from ready to quit. */
export class AppStandIn extends AppSystemCalls implements Pick<Electron.App, Implemented> {
  readonly commandLine = commandLine;
  readonly dock = undefined;
  readonly isPackaged = false;
  private readonly ready: Promise<void>;
  private resolveReady: () => void = () => {};
  /** Set while nobody has asked for ready yet; then called once. */
  private startForReady: (() => void) | undefined;
  private readyWanted = false;
  private isNowReady = false;
  private quitting = false;
  private exiting = false;
  private instance: SingleInstance | undefined;
  private early: SecondInstance[] = [];

  constructor() {
    super();
    this.ready = new Promise((resolve) => {
      this.resolveReady = resolve;
    });
    this.on('newListener', (event) => {
      if (event === 'ready') this.wantReady();
    });
  }

  get name(): string {
    return appIdentity.name;
  }

  set name(name: string) {
    appIdentity.name = name;
  }

  getName(): string {
    return appIdentity.name;
  }

  setName(name: string): void {
    appIdentity.name = name;
  }

  getVersion(): string {
    return appIdentity.version;
  }

  getAppPath(): string {
    return hostState.appPath;
  }

  getPath(name: string): string {
    return appPaths.get(name);
  }

  setPath(name: string, path: string): void {
    appPaths.set(name, path);
  }

  getLocale(): string {
    return this.getSystemLocale();
  }

  getSystemLocale(): string {
    return hostState.switches.get('lang') ?? 'en-US';
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getSystemLocale()];
  }

  isReady(): boolean {
    return this.isNowReady;
  }

  whenReady(): Promise<void> {
    this.wantReady();
    return this.ready;
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    this.instance ??= new SingleInstance(this.getPath('userData'));
    const message = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    return this.instance.acquire(message, (second) => {
      if (this.isNowReady) this.announce(second);
      else this.early.push(second);
    });
  }

  hasSingleInstanceLock(): boolean {
    return this.instance?.isOwner ?? false;
  }

  releaseSingleInstanceLock(): void {
    this.instance?.release();
  }

  quit(): void {
    if (this.quitting || this.prevented('before-quit')) return;
    this.quitting = true;
    for (const window of windowRegistry.all()) {
      if (!window.requestClose()) {
        this.quitting = false;
        return;
      }
    }
    this.finishQuit();
  }

  exit(code = 0): void {
    if (this.exiting) return;
    this.quitting = true;
    this.exiting = true;
    for (const window of windowRegistry.all()) window.destroy();
    this.emit('quit', createEvent(), code);
    this.releaseSingleInstanceLock();
    const { browser } = hostState;
    if (!browser) process.exit(code);
    void browser.stop().finally(() => process.exit(code));
  }

  /** The last window closed; an app that does not listen quits. */
  allWindowsClosed(): void {
    if (this.quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  /** Runs `start` once the app waits for ready, now or later. Not part of Electron's object. */
  onceReadyIsWanted(start: () => void): void {
    this.startForReady = start;
    if (this.readyWanted) this.wantReady();
  }

  /** The browser runs. Not part of Electron's object. */
  becomeReady(): void {
    this.isNowReady = true;
    this.emit('will-finish-launching');
    this.resolveReady();
    this.emit('ready', createEvent(), {});
    for (const second of this.early.splice(0)) this.announce(second);
  }

  get isQuitting(): boolean {
    return this.quitting;
  }

  private wantReady(): void {
    this.readyWanted = true;
    const start = this.startForReady;
    this.startForReady = undefined;
    start?.();
  }

  private finishQuit(): void {
    if (this.prevented('will-quit')) this.quitting = false;
    else this.exit(0);
  }

  private prevented(name: 'before-quit' | 'will-quit'): boolean {
    const event = createEvent();
    this.emit(name, event);
    return event.defaultPrevented;
  }

  private announce({ argv, workingDirectory, additionalData }: SecondInstance): void {
    this.emit('second-instance', createEvent(), argv, workingDirectory, additionalData);
  }
}

export const appImplementation = new AppStandIn();
export const app = strict<Electron.App>(appImplementation, 'app');
