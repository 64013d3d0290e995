import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { test as base, type LaunchedApp } from '../fixtures/launch';

export const appDir = path.join(import.meta.dirname, 'app');

/** What the app's preload exposes to its pages (app/preload.cjs). */
interface ContractBridge {
  readonly version: string;
  readonly argv: readonly string[];
  readonly sandboxed: boolean;
  readonly nested: { readonly list: readonly unknown[]; readonly bytes: Uint8Array; readonly error: Error };
  readonly cloneNames: readonly string[];
  readonly invoke: (channel: string, ...args: readonly unknown[]) => Promise<unknown>;
  readonly send: (channel: string, ...args: readonly unknown[]) => void;
  readonly invokeClone: (channel: string, name: string) => Promise<unknown>;
  readonly sendClone: (channel: string, name: string) => string;
  readonly collect: (
    channel: string,
  ) => () => { readonly args: readonly unknown[]; readonly hasSender: boolean }[];
  readonly stopCollecting: (channel: string) => void;
  describe(value: unknown): {
    readonly prototype: string;
    readonly keys: readonly string[];
    readonly isError: boolean;
  };
  readonly callBack: (callback: (count: number, details: { readonly from: string }) => unknown) => unknown;
  readonly throwError: () => never;
  readonly throwText: () => never;
  readonly reject: () => Promise<never>;
  readonly identity: (value: unknown) => unknown;
  readonly exposeAgain: (key: string) => string;
  readonly requireOther: (id: string) => string;
}

declare global {
  interface Window {
    readonly contract: ContractBridge;
    readonly violations: readonly string[];
    readonly seenByThePage: Readonly<Record<string, string>>;
    readonly inlineScriptRan?: boolean;
    tryEval(): Promise<string>;
  }
  // The main process of the app (app/main.mjs), for functions given to electronApp.evaluate.
  var contract: { readonly events: string[]; createWindow(): Electron.BrowserWindow };
}

interface ContractOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly userDataDir?: string;
}

interface Fixtures {
  /** Starts the contract app, with a window unless `--no-window` is among the arguments. */
  readonly open: (options?: ContractOptions) => Promise<LaunchedApp>;
  /** One started app with its window. */
  opened: LaunchedApp;
  electronApp: ElectronApplication;
  page: Page;
}

/** What a person would have for a keychain: the stand-in's published key counts for this suite alone. */
const KEYCHAIN = { STAND_IN_KEYCHAIN: 'published' };

export const test = base.extend<Fixtures>({
  open: async ({ launch }, use) => {
    await use((options = {}) =>
      launch({ ...options, appDir, env: { ...KEYCHAIN, ...options.env }, bridge: 'contract' }),
    );
  },
  opened: async ({ open }, use) => {
    await use(await open());
  },
  electronApp: async ({ opened }, use) => {
    await firstLoadEnds(opened.electronApp);
    await use(opened.electronApp);
  },
  page: async ({ opened }, use) => {
    await use(opened.page);
  },
});

export const expect = test.expect;

/** The preload's object is there before the events of the page's load are over: a spec that counts events starts after them. */
function firstLoadEnds(electronApp: ElectronApplication): Promise<void> {
  return electronApp.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents?.isLoading() !== true) return;
    await new Promise<void>((resolve) =>
      contents.once('did-stop-loading', () => {
        resolve();
      }),
    );
  });
}

/** The address the app believes its window shows; `page.url()` is the host's own. */
export function currentUrl(electronApp: ElectronApplication): Promise<string> {
  return electronApp.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '',
  );
}
