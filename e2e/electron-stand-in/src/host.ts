/** Entry of the stand-in's executable: `electron [-r file] [--switches] [app folder | main.js] [arguments]`. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { electron } from './electron/index';
import { appImplementation } from './electron/app';
import { answerDialog } from './electron/dialog';
import { notifications } from './electron/notification';
import { trays } from './electron/tray';
import { readAppPackage, type AppPackage } from './host/app-package';
import { parseHostArguments } from './host/arguments';
import { provideElectronModule } from './host/electron-module';
import { startBrowser } from './host/start-browser';
import { hostState } from './host/state';
import { isHeadless } from './host/window-mode';

/** Electron's version this stand-in was typed against; written in by build.mjs. */
declare const ELECTRON_VERSION: string;

const KEEP_ALIVE_MS = 2 ** 30;
const UNSETTLED_MAIN = 13;

function describeProcess(): void {
  Object.defineProperty(process.versions, 'electron', { value: ELECTRON_VERSION, enumerable: true });
  Object.assign(process, {
    type: 'browser',
    resourcesPath: path.join(__dirname, 'resources'),
    defaultApp: true,
  });
}

/**
 * For specs, through `electronApp.evaluate`: `globalThis.electronStandIn`. Undefined on Electron, so a spec that
 * uses it says that it is one of the stand-in's own.
 */
function publishControls(): void {
  Reflect.set(globalThis, 'electronStandIn', {
    electron,
    calls: hostState.calls,
    trays,
    notifications,
    answerDialog,
  });
}

async function loadMain({ main, esModule }: AppPackage): Promise<void> {
  // Electron emits ready only after the main script ended, so a script that awaits it never ends there either.
  let settled = false;
  const explain = (): void => {
    if (settled) return;
    console.error(
      '[electron stand-in] the main script awaits something at its top level that cannot happen before ready',
    );
    process.exitCode = UNSETTLED_MAIN;
  };
  process.once('beforeExit', explain);
  if (esModule) await import(pathToFileURL(main).href);
  else createRequire(main)(main);
  settled = true;
  process.off('beforeExit', explain);
}

async function run(): Promise<void> {
  const args = parseHostArguments(process.argv.slice(2));
  const executable = path.join(__dirname, 'electron');
  process.argv = [executable, ...args.visible];
  hostState.argv = [...process.argv];
  hostState.switches = new Map(args.switches);
  hostState.electronVersion = ELECTRON_VERSION;
  hostState.headless = isHeadless({ env: process.env, switches: args.switches });
  describeProcess();
  const app = readAppPackage(args.target);
  hostState.appPath = app.appPath;
  hostState.manifest = app.manifest;
  provideElectronModule(__dirname);
  publishControls();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      appImplementation.quit();
    });
  }
  for (const file of args.preloads) createRequire(path.join(process.cwd(), 'host.js'))(path.resolve(file));
  await loadMain(app);
  if (appImplementation.isQuitting) return;
  // Electron runs until it is told to quit, also when nothing waits for ready.
  setInterval(() => {}, KEEP_ALIVE_MS);
  appImplementation.onceReadyIsWanted(() => {
    startBrowser().catch(fail);
  });
}

function fail(error: unknown): never {
  console.error(
    error instanceof Error && error.message.startsWith('[electron stand-in]') ? error.message : error,
  );
  process.exit(1);
}

run().catch(fail);
