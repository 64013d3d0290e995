import type { BrowserProcess } from '../chromium/browser-process';
import type { AppManifest } from './app-package';

/** One call of an API whose effect is outside the program, for specs to look at. */
export interface ApiCall {
  readonly api: string;
  readonly args: readonly unknown[];
}

/** What the host knows about itself and the app; filled by host.ts before the app's main script runs. */
export interface HostState {
  argv: string[];
  /** The directory the executable was started in; the app may change `process.cwd()`. */
  workingDirectory: string;
  appPath: string;
  manifest: AppManifest;
  electronVersion: string;
  headless: boolean;
  /** Chromium's command line switches, as `app.commandLine` sees and changes them until ready. */
  switches: Map<string, string>;
  /** Undefined until the app waited for ready. */
  browser: BrowserProcess | undefined;
  /** Calls in the order they were made. */
  readonly calls: ApiCall[];
}

export const hostState: HostState = {
  argv: [],
  workingDirectory: process.cwd(),
  appPath: '',
  manifest: {},
  electronVersion: '0.0.0',
  headless: true,
  switches: new Map(),
  browser: undefined,
  calls: [],
};

/** Notes a call for specs; used for everything that has no effect here but would have one in Electron. */
export function recordCall(api: string, ...args: unknown[]): void {
  hostState.calls.push({ api, args });
}
