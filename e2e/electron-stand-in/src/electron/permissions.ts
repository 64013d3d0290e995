import { hostState } from '../host/state';
import { schemeMapping } from '../page/scheme-mapping';

export type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
export type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckName = Parameters<NonNullable<CheckHandler>>[1];

/** Electron's permission names and Chromium's, for those a page can ask for here. */
const CHROMIUM_NAMES = {
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  media: ['camera', 'microphone'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  midi: ['midi'],
} as const satisfies Partial<Record<CheckName, readonly string[]>>;
type Known = keyof typeof CHROMIUM_NAMES;
const KNOWN = Object.keys(CHROMIUM_NAMES) as Known[];

const isKnown = (permission: string): permission is Known => permission in CHROMIUM_NAMES;

async function setChromiumPermission(permission: Known, url: string, granted: boolean): Promise<void> {
  const mapped = schemeMapping.toChromium(url);
  if (!URL.canParse(mapped)) return;
  const { origin } = new URL(mapped);
  if (origin === 'null') return;
  const { browser } = hostState;
  if (!browser) return;
  const setting = granted ? 'granted' : 'denied';
  await Promise.all(
    CHROMIUM_NAMES[permission].map((name) =>
      browser.root.send('Browser.setPermission', { permission: { name }, setting, origin }),
    ),
  );
}

/** The permission half of a session. Electron grants everything an app set no handler for. */
export class Permissions {
  private check: CheckHandler = null;
  private request: RequestHandler = null;

  setCheckHandler(handler: CheckHandler): void {
    this.check = handler;
  }

  setRequestHandler(handler: RequestHandler): void {
    this.request = handler;
  }

  /** So that `navigator.permissions.query` and silent checks of a new document say what the app says. */
  async applyChecks(contents: Electron.WebContents, url: string): Promise<void> {
    const origin = originOf(url);
    await Promise.all(
      KNOWN.map((permission) => {
        const details = { isMainFrame: true, requestingUrl: url };
        const granted = this.check?.(contents, permission, origin, details) ?? true;
        return setChromiumPermission(permission, url, granted);
      }),
    );
  }

  /** Asks the app about a page's request; Chromium is told the answer before the page's own call runs. */
  async ask(contents: Electron.WebContents, permission: string, url: string): Promise<boolean> {
    if (!isKnown(permission)) return false;
    const handler = this.request;
    const granted =
      handler === null ||
      (await new Promise<boolean>((resolve) => {
        handler(contents, permission, resolve, { isMainFrame: true, requestingUrl: url });
      }));
    await setChromiumPermission(permission, url, granted);
    return granted;
  }
}

function originOf(url: string): string {
  const match = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url);
  return match ? `${match[0]}/` : url;
}
