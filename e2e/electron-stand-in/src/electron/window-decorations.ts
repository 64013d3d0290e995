import { recordCall } from '../host/state';
import { WindowGeometry } from './window-geometry';

type Implemented =
  | 'flashFrame'
  | 'moveTop'
  | 'removeMenu'
  | 'setAutoHideMenuBar'
  | 'setBackgroundColor'
  | 'setContentProtection'
  | 'setIcon'
  | 'setMenu'
  | 'setMenuBarVisibility'
  | 'setProgressBar'
  | 'setSkipTaskbar'
  | 'setTitleBarOverlay';

/** A window's frame, menu bar and place in the taskbar, which nobody draws here: recorded for specs. */
export abstract class WindowDecorations
  extends WindowGeometry
  implements Pick<Electron.BrowserWindow, Implemented>
{
  setMenu(menu: Electron.Menu | null): void {
    recordCall('window.setMenu', menu !== null);
  }

  removeMenu(): void {
    recordCall('window.removeMenu');
  }

  setMenuBarVisibility(visible: boolean): void {
    recordCall('window.setMenuBarVisibility', visible);
  }

  setAutoHideMenuBar(hide: boolean): void {
    recordCall('window.setAutoHideMenuBar', hide);
  }

  flashFrame(flag: boolean): void {
    recordCall('window.flashFrame', flag);
  }

  setProgressBar(progress: number): void {
    recordCall('window.setProgressBar', progress);
  }

  setIcon(): void {
    recordCall('window.setIcon');
  }

  setBackgroundColor(color: string): void {
    recordCall('window.setBackgroundColor', color);
  }

  setTitleBarOverlay(options: Electron.TitleBarOverlayOptions): void {
    recordCall('window.setTitleBarOverlay', options);
  }

  setContentProtection(enable: boolean): void {
    recordCall('window.setContentProtection', enable);
  }

  setSkipTaskbar(skip: boolean): void {
    recordCall('window.setSkipTaskbar', skip);
  }

  moveTop(): void {
    recordCall('window.moveTop');
  }
}
