export type { AppShell, LookingShell } from './app-shell';
export { AppTray } from './app-tray';
export { Background } from './background';
export { systemBrowser } from './browser';
export type { AskedReport, CommandLine } from './command-line';
export { writeReportFile } from './report-file';
export { commandHandlers } from './command-handlers';
export { openConfigurationFile } from './configuration-file';
export { handleCommands, pushEvent } from './ipc';
export { launchAtLogin, wasOpenedAtLogin } from './login-item';
export {
  bringToFront,
  type MainWindow,
  type OpenedWindow,
  placeMainWindow,
  showWhenPainted,
} from './main-window';
export { notify } from './notification';
export { openPreferences } from './preferences';
export { createRegistryEditor } from './create-registry-editor';
export { safeStorageCodec } from './safe-storage-codec';
export { saveTextFile } from './save-text-file';
export { SessionNotices } from './session-notices';
export { SignInFinder } from './sign-in-finder';
export { systemProxy } from './system-proxy';
export { systemText } from './system-text';
export { applyTheme } from './theme';
export { systemSurroundings } from './surroundings';
