/** Asks the app's permission request handler; resolves when Chromium was told its decision. */
export type AskPermission = (permission: string) => Promise<boolean>;

/** The bridge key of the question; no app can expose it, its own keys are checked against the window. */
export const PERMISSION_SERVICE = '\0permission';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Chromium without a person denies permission requests silently. These wrappers ask the app first, let the host
 * set Chromium's answer, and then run the page's request as it was.
 */
export function hookPermissionRequests(ask: AskPermission): void {
  wrap(globalThis.Notification, 'requestPermission', 'notifications');
  wrap(Navigator.prototype, 'requestMIDIAccess', 'midi');
  if (typeof MediaDevices === 'function') wrap(MediaDevices.prototype, 'getUserMedia', 'media');
  if (typeof Clipboard === 'function') {
    wrap(Clipboard.prototype, 'readText', 'clipboard-read');
    wrap(Clipboard.prototype, 'read', 'clipboard-read');
  }
  wrapCallbackStyle(Geolocation.prototype, 'getCurrentPosition', 'geolocation');
  wrapCallbackStyle(Geolocation.prototype, 'watchPosition', 'geolocation');

  function original(owner: object, name: string): Method | undefined {
    const method: unknown = Reflect.get(owner, name);
    return typeof method === 'function' ? (method as Method) : undefined;
  }

  function replace(owner: object, name: string, method: Method): void {
    Object.defineProperty(method, 'name', { value: name });
    Object.defineProperty(owner, name, {
      value: method,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }

  function wrap(owner: object, name: string, permission: string): void {
    const method = original(owner, name);
    if (!method) return;
    replace(owner, name, async function (...args) {
      await ask(permission);
      return method.apply(this, args);
    });
  }

  /** Geolocation answers by callbacks and returns at once. */
  function wrapCallbackStyle(owner: object, name: string, permission: string): void {
    const method = original(owner, name);
    if (!method) return;
    replace(owner, name, function (...args) {
      void ask(permission).then(() => method.apply(this, args));
      return 0;
    });
  }
}
