import type * as ElectronCommon from 'electron/common';
import type * as ElectronMain from 'electron/main';
import { unimplemented } from '../host/strict';
import { app, appImplementation } from './app';
import { BrowserWindow, BrowserWindowStandIn } from './browser-window';
import { clipboard } from './clipboard';
import { dialog } from './dialog';
import { ipcMain } from './ipc-main';
import { Menu, MenuItem } from './menu';
import { setMenuRoles } from './menu-item';
import { nativeImage } from './native-image';
import { nativeTheme } from './native-theme';
import { net } from './net';
import { Notification } from './notification';
import { powerMonitor } from './power-monitor';
import { protocol } from './protocol';
import { safeStorage } from './safe-storage';
import { screen } from './screen';
import { session } from './session';
import { shell } from './shell';
import { Tray } from './tray';
import { webContents } from './web-contents-registry';

type Module = typeof ElectronMain & typeof ElectronCommon;

setMenuRoles({
  quit: () => {
    appImplementation.quit();
  },
  close: () => BrowserWindowStandIn.getFocusedWindow()?.close(),
  focusedWindow: () => BrowserWindow.getFocusedWindow(),
});

/**
 * What `require('electron')` answers in the main process. Every module Electron has is named: one that a new
 * Electron version adds, or changes the type of, fails the compiler here.
 */
export const electron = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  webContents,
  autoUpdater: unimplemented<Module['autoUpdater']>('autoUpdater'),
  BaseWindow: unimplemented<Module['BaseWindow']>('BaseWindow'),
  BrowserView: unimplemented<Module['BrowserView']>('BrowserView'),
  ClipboardItem: unimplemented<Module['ClipboardItem']>('ClipboardItem'),
  contentTracing: unimplemented<Module['contentTracing']>('contentTracing'),
  crashReporter: unimplemented<Module['crashReporter']>('crashReporter'),
  desktopCapturer: unimplemented<Module['desktopCapturer']>('desktopCapturer'),
  globalShortcut: unimplemented<Module['globalShortcut']>('globalShortcut'),
  ImageView: unimplemented<Module['ImageView']>('ImageView'),
  inAppPurchase: unimplemented<Module['inAppPurchase']>('inAppPurchase'),
  IpcMainServiceWorker: unimplemented<Module['IpcMainServiceWorker']>('IpcMainServiceWorker'),
  MessageChannelMain: unimplemented<Module['MessageChannelMain']>('MessageChannelMain'),
  netLog: unimplemented<Module['netLog']>('netLog'),
  powerSaveBlocker: unimplemented<Module['powerSaveBlocker']>('powerSaveBlocker'),
  pushNotifications: unimplemented<Module['pushNotifications']>('pushNotifications'),
  ShareMenu: unimplemented<Module['ShareMenu']>('ShareMenu'),
  sharedTexture: unimplemented<Module['sharedTexture']>('sharedTexture'),
  systemPreferences: unimplemented<Module['systemPreferences']>('systemPreferences'),
  TouchBar: unimplemented<Module['TouchBar']>('TouchBar'),
  utilityProcess: unimplemented<Module['utilityProcess']>('utilityProcess'),
  View: unimplemented<Module['View']>('View'),
  WebContentsView: unimplemented<Module['WebContentsView']>('WebContentsView'),
  webFrameMain: unimplemented<Module['webFrameMain']>('webFrameMain'),
  WebSocket: unimplemented<Module['WebSocket']>('WebSocket'),
} satisfies { [Name in keyof Module]: Module[Name] };
