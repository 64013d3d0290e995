import { app, BrowserWindow, type Rectangle, screen } from 'electron';
import { join } from 'node:path';
import { appOrigin } from './app-scheme';
import type { Preferences } from './preferences';

const preferredSize = { width: 960, height: 640 };
const smallestSize = { minWidth: 480, minHeight: 420 };

export type MainWindow = BrowserWindow;

interface MainWindowOptions {
  readonly preferences: Preferences;
  readonly hidden: boolean;
}

/** Opens the app's one window; it shows as soon as the page has painted, whatever else is still loading. */
export function openMainWindow({ preferences, hidden }: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...preferredSize,
    ...visibleBounds(preferences.windowBounds()),
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
  window.on('close', () => {
    preferences.rememberWindowBounds(window.getNormalBounds());
  });
  if (!hidden) {
    window.once('ready-to-show', () => {
      window.show();
    });
  }
  void window.loadURL(`${appOrigin}/`);
  return window;
}

/** Brings the window in front of the browser that the person just left. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** The remembered place, unless the screen it was on is gone. */
function visibleBounds(bounds: Rectangle | undefined): Partial<Rectangle> {
  if (bounds === undefined) return {};
  const isOnScreen = screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, bounds));
  return isOnScreen ? bounds : {};
}

const overlaps = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
