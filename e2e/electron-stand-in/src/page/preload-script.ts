import crypto from 'node:crypto';
import fs from 'node:fs';
import { hostState } from '../host/state';
import { RECEIVER, type InjectedSettings } from '../wire/messages';

/** The two injected bundles, built by build.mjs and defined as string constants. */
declare const INJECTED_PAGE_WORLD: string;
declare const INJECTED_PRELOAD_WORLD: string;

const TOKEN = `stand-in-${crypto.randomUUID()}`;

/** What a page's scripts are told about the host and their window. */
export function injectedSettings({ additionalArguments = [] }: Electron.WebPreferences): InjectedSettings {
  return {
    token: TOKEN,
    argv: [...hostState.argv.slice(0, 1), ...additionalArguments],
    versions: {
      electron: hostState.electronVersion,
      chrome: hostState.browser?.version ?? '',
      node: process.versions.node,
    },
    platform: process.platform,
    arch: process.arch,
  };
}

/** Electron runs a preload in the top frame only, unless nodeIntegrationInSubFrames says otherwise. */
const inTopFrame = (code: string): string => `if (window === window.parent) { ${code} }`;

const settingsLine = (settings: InjectedSettings): string =>
  `const STAND_IN_SETTINGS = ${JSON.stringify(settings).replaceAll('</', '<\\/')};`;

/** Source for the page's own world: the receiving end of contextBridge. */
export function pageWorldScript(settings: InjectedSettings): string {
  return inTopFrame(`{ ${settingsLine(settings)} ${INJECTED_PAGE_WORLD} }`);
}

/**
 * Source for the isolated world: `electron` for preloads, then the preload itself as a CommonJS function body.
 * A sandboxed preload cannot be an ES module; it fails here with the error it fails with in Electron.
 */
export function preloadWorldScript(settings: InjectedSettings, preload: string | undefined): string {
  const code = preload === undefined ? '' : fs.readFileSync(preload, 'utf8');
  const body = /^\s*(import|export)\s/m.test(code)
    ? `throw new SyntaxError('Cannot use import statement outside a module');`
    : code;
  const run = `${RECEIVER}.run(function (require, module, exports, process, global) {${body}\n});`;
  return `${inTopFrame(`{ ${settingsLine(settings)} ${INJECTED_PRELOAD_WORLD} }\n${run}`)}\n//# sourceURL=file://${preload ?? 'no-preload'}`;
}
