import { EventEmitter } from 'node:events';
import { strict } from '../host/strict';

const BOUNDS = { x: 0, y: 0, width: 1280, height: 900 };

const display = strict<Electron.Display>(
  {
    id: 1,
    label: 'stand-in',
    bounds: BOUNDS,
    workArea: BOUNDS,
    size: { width: BOUNDS.width, height: BOUNDS.height },
    workAreaSize: { width: BOUNDS.width, height: BOUNDS.height },
    scaleFactor: 1,
    rotation: 0,
    internal: false,
  },
  'Display',
);

/** One display of a fixed size. */
class ScreenStandIn
  extends EventEmitter
  implements
    Pick<
      Electron.Screen,
      | 'getAllDisplays'
      | 'getCursorScreenPoint'
      | 'getDisplayMatching'
      | 'getDisplayNearestPoint'
      | 'getPrimaryDisplay'
    >
{
  getPrimaryDisplay(): Electron.Display {
    return display;
  }

  getAllDisplays(): Electron.Display[] {
    return [display];
  }

  getDisplayMatching(): Electron.Display {
    return display;
  }

  getDisplayNearestPoint(): Electron.Display {
    return display;
  }

  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }
}

export const screen = strict<Electron.Screen>(new ScreenStandIn(), 'screen');
