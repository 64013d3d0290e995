import { app } from 'electron';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { declareAppScheme, serveAppScheme } from './app-scheme';
import type { CommandLine } from './command-line';
import { denyPermissions, lockDown } from './lockdown';

/** How long quitting waits for what must not be lost, such as a rotated token on its way to the disk. */
const longestFarewellMs = 2_000;

export interface AppShell {
  readonly userDataFolder: string;
  /** Where people look for what they saved. */
  readonly documentsFolder: string;
  readonly version: string;
  /** False in a second start on the same profile: the first one has been told and shows itself. */
  readonly isFirstInstance: boolean;
  /**
   * Ready to open windows; the app's scheme is served and permissions are denied.
   * @param isAnswering resolves when the commands of a page are answered; its scripts run from then on
   */
  readonly whenReady: (isAnswering: () => Promise<unknown>) => Promise<void>;
  /** Calls back when someone starts the app again, or presses its icon in the Dock of macOS. */
  readonly onAskedFor: (listener: () => void) => void;
  /** The language of the system, as a BCP 47 tag; known once the app is ready. */
  readonly locale: () => string;
  /** Calls back when the app is about to end, before its windows close. */
  readonly onQuitting: (listener: () => void) => void;
  /** Runs `farewell` before the app ends, and waits for it for up to two seconds. */
  readonly beforeQuit: (farewell: () => Promise<void>) => void;
  readonly quit: () => void;
}

/** Whether this is the installed app, not one that is started from its source. */
export const isPackaged = (): boolean => app.isPackaged;

/** Everything that has to be settled before Electron is ready: folders, the single instance, scheme and lockdown. */
export function prepareApp({ userDataDir }: CommandLine): AppShell {
  if (userDataDir !== undefined) {
    app.setPath('userData', userDataDir);
    app.setPath('sessionData', join(userDataDir, 'browser'));
  }
  // Windows shows notifications only of programs that it knows by the id in their shortcut.
  app.setAppUserModelId('app.gatepass.desktop');
  declareAppScheme();
  lockDown();
  app.on('window-all-closed', () => {
    app.quit();
  });
  return {
    userDataFolder: app.getPath('userData'),
    documentsFolder: app.getPath('documents'),
    version: app.getVersion(),
    isFirstInstance: app.requestSingleInstanceLock(),
    async whenReady(isAnswering) {
      await app.whenReady();
      denyPermissions();
      serveAppScheme(join(app.getAppPath(), 'out', 'renderer'), isAnswering);
    },
    onAskedFor(listener) {
      app.on('second-instance', listener);
      app.on('activate', listener);
    },
    locale: () => app.getLocale(),
    onQuitting(listener) {
      app.on('before-quit', listener);
    },
    beforeQuit,
    quit() {
      app.quit();
    },
  };
}

/** What a start needs that only looks: no window, and no instance that another one would hand over to. */
export interface LookingShell {
  readonly userDataFolder: string;
  readonly version: string;
  readonly whenReady: () => Promise<void>;
  /** Ends the process, with what it tells the one who started it. */
  readonly exit: (code: number) => void;
}

/** Settles what a start that only looks needs before Electron is ready; it may run beside the app itself. */
export function prepareToLook({ userDataDir }: CommandLine): LookingShell {
  if (userDataDir !== undefined) app.setPath('userData', userDataDir);
  // Two browsers must not share one folder, and this one has nothing to remember.
  const browserFolder = mkdtempSync(join(tmpdir(), 'gatepass-report-'));
  app.setPath('sessionData', browserFolder);
  lockDown();
  return {
    userDataFolder: app.getPath('userData'),
    version: app.getVersion(),
    whenReady: () => app.whenReady(),
    exit(code) {
      try {
        rmSync(browserFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      } catch {
        // The browser may still be writing; what is left is empty of anything and the system's to tidy away.
      }
      app.exit(code);
    },
  };
}

function beforeQuit(farewell: () => Promise<void>): void {
  let hasSaidFarewell = false;
  app.on('will-quit', (event) => {
    if (hasSaidFarewell) return;
    event.preventDefault();
    const longEnough = new Promise<void>((resolve) => setTimeout(resolve, longestFarewellMs));
    void Promise.race([farewell(), longEnough]).finally(() => {
      hasSaidFarewell = true;
      app.quit();
    });
  });
}
