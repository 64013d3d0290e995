/** Runs in the isolated world before the preload: the `electron`, `process` and `require` a sandboxed one has. */
import { strict, unimplemented } from '../host/strict';
import { Bridge } from '../wire/bridge';
import {
  BINDING,
  RECEIVER,
  type HostMessage,
  type InjectedSettings,
  type PreloadMessage,
} from '../wire/messages';
import { IpcRendererStandIn } from './ipc-renderer';
import { PERMISSION_SERVICE } from './permission-hooks';

declare const STAND_IN_SETTINGS: InjectedSettings;

type PreloadModule = (
  require: (id: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: object,
  global: object,
) => void;

const binding = Reflect.get(globalThis, BINDING) as (text: string) => void;
const post = (message: PreloadMessage): void => {
  binding(JSON.stringify(message));
};
const bridge = new Bridge(STAND_IN_SETTINGS.token, 'preload', window);
const ipcImplementation = new IpcRendererStandIn(post);
const ipcRenderer = strict<Electron.IpcRenderer>(ipcImplementation, 'ipcRenderer');
bridge.offer(PERMISSION_SERVICE, (permission: string) => ipcImplementation.askPermission(permission));

/** Every module a sandboxed preload may require; a new one in Electron's declarations fails the compiler here. */
const electron = {
  ipcRenderer,
  contextBridge: strict<Electron.ContextBridge>(
    {
      exposeInMainWorld: (key: string, api: unknown) => {
        bridge.expose(key, api);
      },
    },
    'contextBridge',
  ),
  crashReporter: unimplemented<Electron.CrashReporter>('crashReporter (preload)'),
  nativeImage: unimplemented<typeof Electron.NativeImage>('nativeImage (preload)'),
  webFrame: unimplemented<Electron.WebFrame>('webFrame'),
  webUtils: unimplemented<Electron.WebUtils>('webUtils'),
} satisfies Partial<typeof Electron.CrossProcessExports>;

const sandboxedProcess = strict<NodeJS.Process>(
  {
    type: 'renderer',
    platform: STAND_IN_SETTINGS.platform as NodeJS.Platform,
    arch: STAND_IN_SETTINGS.arch as NodeJS.Architecture,
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    argv: [...STAND_IN_SETTINGS.argv],
    env: {},
    versions: STAND_IN_SETTINGS.versions as NodeJS.ProcessVersions,
    nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) => {
      queueMicrotask(() => {
        callback(...args);
      });
    },
  },
  'process (preload)',
);

function requireInSandbox(id: string): unknown {
  if (id === 'electron' || id === 'electron/renderer' || id === 'electron/common') return electron;
  throw new Error(`module not found: ${id}`);
}

function run(preload: PreloadModule): void {
  const module = { exports: {} };
  try {
    preload(requireInSandbox, module, module.exports, sandboxedProcess, globalThis);
  } catch (error) {
    console.error('Unable to load preload script:', error);
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ kind: 'preload-error', message });
  }
}

/** DevTools tells a changed title only much later; Electron's `page-title-updated` comes at once. */
function watchTitle(): void {
  let told = '';
  const tell = (): void => {
    if (document.title === told) return;
    told = document.title;
    post({ kind: 'title', title: told });
  };
  tell();
  new MutationObserver(tell).observe(document.head, { subtree: true, childList: true, characterData: true });
}
document.addEventListener('DOMContentLoaded', watchTitle, { once: true });

Reflect.set(globalThis, RECEIVER, {
  run,
  receive: (text: string) => {
    ipcImplementation.receive(JSON.parse(text) as HostMessage, ipcRenderer);
  },
});
