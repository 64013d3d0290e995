import { app } from 'electron';
import { homedir } from 'node:os';
import { type Result, success } from '../base/failure';
import { autostartFile, writeAutostart } from './autostart-file';

/** At login nobody asked for a window. */
const args = ['--hidden'];

/** Lets the system start the app at login, or not any more; an app that is started from its source names its folder too. */
export async function launchAtLogin(isWanted: boolean): Promise<Result<void>> {
  if (process.platform === 'linux') {
    // An AppImage runs from a folder that is gone by the next login.
    const program = process.env['APPIMAGE'] ?? process.execPath;
    const source = app.isPackaged ? [] : [app.getAppPath()];
    const file = autostartFile({ env: process.env, homeFolder: homedir() });
    return writeAutostart(file, [program, ...source, ...args], isWanted);
  }
  // Only what is to change: the entry may also have been switched off in the system's own settings.
  if (app.getLoginItemSettings({ args }).openAtLogin !== isWanted)
    app.setLoginItemSettings({ openAtLogin: isWanted, args });
  return success(undefined);
}

/** Whether macOS started the app at login, where no argument says so. */
export const wasOpenedAtLogin = (): boolean =>
  process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
