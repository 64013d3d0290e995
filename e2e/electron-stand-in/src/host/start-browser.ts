import path from 'node:path';
import { BrowserProcess } from '../chromium/browser-process';
import { findChromium } from '../chromium/find-chromium';
import { appImplementation } from '../electron/app';
import { appPaths } from '../electron/app-paths';
import { windowsOfTargets } from '../electron/targets';
import { userAgent } from '../electron/user-agent';
import { hostState } from './state';

/** Switches of the app that Chromium itself should follow. */
const PASSED_ON = [
  'lang',
  'force-device-scale-factor',
  'window-position',
  'proxy-server',
  'host-resolver-rules',
];

function chromiumArguments(): string[] {
  const { switches } = hostState;
  const passed = PASSED_ON.filter((name) => switches.has(name)).map(
    (name) => `--${name}=${switches.get(name) ?? ''}`,
  );
  // Chromium's own sandbox refuses to run for root.
  return switches.has('no-sandbox') || process.getuid?.() === 0 ? ['--no-sandbox', ...passed] : passed;
}

/** Chromium's lines that other programs wait for (Playwright); the rest is noise unless someone debugs. */
function forwardLine(line: string): void {
  if (/^DevTools listening|Unable to open X display/.test(line)) process.stderr.write(`${line}\n`);
  else if (process.env['STAND_IN_DEBUG'] !== undefined) process.stderr.write(`[chromium] ${line}\n`);
}

/** Finds and starts Chromium for an app that waits for ready, then tells the app. */
export async function startBrowser(): Promise<void> {
  const browser = await BrowserProcess.start(
    {
      executable: findChromium(process.env),
      profile: path.join(appPaths.get('sessionData'), 'Chromium'),
      headless: hostState.headless,
      debuggingPort: hostState.switches.get('remote-debugging-port'),
      userAgent: userAgent(),
      extraArguments: chromiumArguments(),
      onLine: forwardLine,
    },
    windowsOfTargets,
    () => {
      if (appImplementation.isQuitting) return;
      console.error('[electron stand-in] Chromium went away');
      appImplementation.exit(1);
    },
  );
  hostState.browser = browser;
  Object.defineProperty(process.versions, 'chrome', { value: browser.version, enumerable: true });
  // The app may have quit while Chromium was starting.
  if (appImplementation.isQuitting) await browser.stop();
  else appImplementation.becomeReady();
}
