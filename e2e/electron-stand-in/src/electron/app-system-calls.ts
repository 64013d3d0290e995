import { EventEmitter } from 'node:events';
import { recordCall } from '../host/state';
import { strict } from '../host/strict';

type Implemented =
  | 'disableHardwareAcceleration'
  | 'enableSandbox'
  | 'focus'
  | 'getBadgeCount'
  | 'getLoginItemSettings'
  | 'isDefaultProtocolClient'
  | 'relaunch'
  | 'removeAsDefaultProtocolClient'
  | 'setAppUserModelId'
  | 'setAsDefaultProtocolClient'
  | 'setBadgeCount'
  | 'setDesktopName'
  | 'setLoginItemSettings';

/** The part of `app` that speaks to the desktop: recorded for specs, done by nobody. */
export class AppSystemCalls extends EventEmitter implements Pick<Electron.App, Implemented> {
  private badge = 0;

  focus(): void {
    recordCall('app.focus');
  }

  enableSandbox(): void {
    recordCall('app.enableSandbox');
  }

  disableHardwareAcceleration(): void {
    recordCall('app.disableHardwareAcceleration');
  }

  setAppUserModelId(id: string): void {
    recordCall('app.setAppUserModelId', id);
  }

  setDesktopName(name: string): void {
    recordCall('app.setDesktopName', name);
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    recordCall('app.setAsDefaultProtocolClient', scheme);
    return true;
  }

  removeAsDefaultProtocolClient(scheme: string): boolean {
    recordCall('app.removeAsDefaultProtocolClient', scheme);
    return true;
  }

  isDefaultProtocolClient(): boolean {
    return false;
  }

  setLoginItemSettings(settings: Electron.Settings): void {
    recordCall('app.setLoginItemSettings', settings);
  }

  getLoginItemSettings(): Electron.LoginItemSettings {
    return strict<Electron.LoginItemSettings>({ openAtLogin: false }, 'LoginItemSettings');
  }

  setBadgeCount(count = 0): boolean {
    this.badge = count;
    return true;
  }

  getBadgeCount(): number {
    return this.badge;
  }

  relaunch(options?: Electron.RelaunchOptions): void {
    recordCall('app.relaunch', options);
  }
}
