/** Runs in the page's own world before its scripts: receives what the preload exposes. */
import { Bridge } from '../wire/bridge';
import type { InjectedSettings } from '../wire/messages';
import { hookPermissionRequests, PERMISSION_SERVICE, type AskPermission } from './permission-hooks';

declare const STAND_IN_SETTINGS: InjectedSettings;

/** Electron freezes an exposed API through and through; typed arrays cannot be frozen and are left alone. */
function freezeDeep(value: unknown): void {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
  if (Object.isFrozen(value) || ArrayBuffer.isView(value)) return;
  Object.freeze(value);
  for (const child of Object.values(value)) freezeDeep(child);
}

new Bridge(STAND_IN_SETTINGS.token, 'page', window, {
  has: (key) => key in window,
  expose: (key, api) => {
    if (key === PERMISSION_SERVICE) {
      hookPermissionRequests(api as AskPermission);
      return;
    }
    freezeDeep(api);
    Object.defineProperty(window, key, {
      value: api,
      writable: false,
      configurable: false,
      enumerable: true,
    });
  },
});
