import { EventEmitter } from 'node:events';
import { recordCall } from '../host/state';
import { strictClass, strictSelf } from '../host/strict';

/** All trays ever made, for specs: there is no other way to see one. */
export const trays: TrayStandIn[] = [];

export class TrayStandIn
  extends EventEmitter
  implements
    Pick<
      Electron.Tray,
      | 'destroy'
      | 'getTitle'
      | 'isDestroyed'
      | 'popUpContextMenu'
      | 'setContextMenu'
      | 'setIgnoreDoubleClickEvents'
      | 'setImage'
      | 'setTitle'
      | 'setToolTip'
    >
{
  toolTip = '';
  menu: Electron.Menu | null = null;
  image: Electron.NativeImage | string;
  private title = '';
  private destroyed = false;

  constructor(image: Electron.NativeImage | string) {
    super();
    this.image = image;
    const presented = strictSelf(this, 'Tray', { destroyed: () => this.destroyed });
    trays.push(presented);
    return presented;
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getTitle(): string {
    return this.title;
  }

  setImage(image: Electron.NativeImage | string): void {
    this.image = image;
  }

  setContextMenu(menu: Electron.Menu | null): void {
    this.menu = menu;
  }

  setIgnoreDoubleClickEvents(ignore: boolean): void {
    recordCall('tray.setIgnoreDoubleClickEvents', ignore);
  }

  popUpContextMenu(): void {
    recordCall('tray.popUpContextMenu');
  }

  destroy(): void {
    this.destroyed = true;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }
}

export const Tray = strictClass<typeof Electron.Tray>(TrayStandIn, 'Tray');
