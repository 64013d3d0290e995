/*
 * What a start needs before its window is there. Nothing here may import what takes time to load: main.ts, which comes
 * first, consists of these modules alone.
 */
export { type AppShell, isPackaged, prepareApp, prepareToLook } from './app-shell';
export { type CommandLine, readCommandLine } from './command-line';
export { openMainWindow } from './main-window';
