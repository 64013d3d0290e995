import { recordCall } from '../host/state';
import { strict } from '../host/strict';
import { browserCommand, openWithSystem } from './system-browser';

const implementation = {
  async openExternal(url: string): Promise<void> {
    if (!URL.canParse(url)) throw new Error('Invalid URL');
    recordCall('shell.openExternal', url);
    await openWithSystem(browserCommand(url, process.env));
  },
  async openPath(path: string): Promise<string> {
    recordCall('shell.openPath', path);
    try {
      await openWithSystem(['xdg-open', path]);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
  showItemInFolder(path: string): void {
    recordCall('shell.showItemInFolder', path);
  },
  beep(): void {
    recordCall('shell.beep');
  },
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'>;

export const shell = strict<Electron.Shell>(implementation, 'shell');
