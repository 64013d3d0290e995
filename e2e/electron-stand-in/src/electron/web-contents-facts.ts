import { EventEmitter } from 'node:events';
import { recordCall } from '../host/state';
import { userAgent } from './user-agent';

type Implemented =
  | 'closeDevTools'
  | 'focus'
  | 'getOSProcessId'
  | 'getType'
  | 'getUserAgent'
  | 'isDevToolsOpened'
  | 'isFocused'
  | 'openDevTools';

/** The part of a webContents that is the same for every page here, or only recorded. */
export abstract class WebContentsFacts
  extends EventEmitter
  implements Pick<Electron.WebContents, Implemented>
{
  abstract readonly id: number;

  getType(): 'window' {
    return 'window';
  }

  getUserAgent(): string {
    return userAgent();
  }

  isFocused(): boolean {
    return true;
  }

  focus(): void {
    recordCall('webContents.focus', this.id);
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  openDevTools(): void {
    recordCall('webContents.openDevTools', this.id);
  }

  closeDevTools(): void {
    recordCall('webContents.closeDevTools', this.id);
  }

  getOSProcessId(): number {
    return process.pid;
  }
}
