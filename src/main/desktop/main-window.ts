import { app, BrowserWindow, type Rectangle, screen } from 'electron';
import { join } from 'node:path';
import { appOrigin } from './app-scheme';
import type { Preferences } from './preferences';

const preferredSize = { width: 960, height: 640 };
const smallestSize = { minWidth: 480, minHeight: 420 };

export type MainWindow = BrowserWindow;

/** The window, not shown yet, and the moment at which its page has painted. */
export interface OpenedWindow {
  readonly window: MainWindow;
  readonly painted: Promise<void>;
}

/** Opens the app's one window, hidden, and loads its page. Needs nothing that takes time to load or to read. */
export function openMainWindow(): OpenedWindow {
  const window = new BrowserWindow({
    ...preferredSize,
    ...smallestSize,
    title: 'Gatepass',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  const painted = new Promise<void>((resolve) => {
    window.once('ready-to-show', resolve);
  });
  void window.loadURL(`${appOrigin}/`);
  return { window, painted };
}

/** Puts the window where it was when it was last closed, and remembers where it is when it closes. */
export function placeMainWindow(window: MainWindow, preferences: Preferences): void {
  const bounds = preferences.windowBounds();
  if (bounds !== undefined && isOnScreen(bounds)) window.setBounds(bounds);
  window.on('close', () => {
    preferences.rememberWindowBounds(window.getNormalBounds());
  });
}

/** Shows the window as soon as its page has painted, whatever else is still loading. */
export function showWhenPainted({ window, painted }: OpenedWindow): void {
  void painted.then(() => {
    if (!window.isDestroyed()) window.show();
  });
}

/** Brings the window in front of the browser that the person just left. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** False for a place whose screen is gone. */
const isOnScreen = (bounds: Rectangle): boolean =>
  screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, bounds));

const overlaps = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
