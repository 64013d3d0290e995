import type { PageTarget, TargetObserver } from '../chromium/browser-process';
import { hostState } from '../host/state';
import { schemeMapping } from '../page/scheme-mapping';
import { BrowserWindowStandIn } from './browser-window';
import { webContentsRegistry } from './web-contents-registry';
import { windowRegistry } from './window-registry';

/**
 * Ends a page the app did not want. It is let run first, with every request held: a page of the opener's process
 * that is closed while it waits for a debugger can leave that process waiting for ever.
 */
async function refuse({ targetId, session }: PageTarget): Promise<void> {
  session.tell('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  await session.send('Runtime.runIfWaitingForDebugger').catch(() => {});
  hostState.browser?.closePage(targetId);
}

/** What happens to Chromium's pages, told to the windows they are. */
export const windowsOfTargets: TargetObserver = {
  opened(openerId, page, url) {
    const opener = webContentsRegistry.byTarget(openerId);
    if (!opener) {
      void refuse(page);
      return;
    }
    const { details, response } = opener.decideOpen(url);
    if (response.action !== 'allow') {
      void refuse(page);
      return;
    }
    const override = response.overrideBrowserWindowOptions ?? {};
    const webPreferences = { ...opener.preferences, ...override.webPreferences };
    const options = { ...override, webPreferences };
    // Chromium cannot load the app's own scheme by itself, so such a page is replaced by one of the host's.
    const isOwn = schemeMapping.isCustom(details.url);
    if (isOwn) void refuse(page);
    const window = isOwn ? new BrowserWindowStandIn(options) : new BrowserWindowStandIn(options, page);
    if (isOwn) void window.contents.loadURL(details.url);
    opener.emit('did-create-window', window, { ...details, options: override });
  },
  destroyed(targetId) {
    const window = windowRegistry.byTarget(targetId);
    if (!window) return;
    if (hostState.headless) window.destroy();
    else window.closedByPerson();
  },
};
