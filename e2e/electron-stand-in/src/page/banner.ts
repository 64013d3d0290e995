import type { Protocol } from 'devtools-protocol';

/** Runs in a world of its own, in real windows only. */
function showBanner(): void {
  if (window !== window.parent) return;
  const host = document.createElement('electron-stand-in-banner');
  // Hidden from assistive technology and from hit testing, outside the body, taking no room: neither the page's
  // layout nor an accessibility check of it changes.
  host.setAttribute('aria-hidden', 'true');
  host.style.cssText =
    'all:initial;position:fixed;inset:auto 0 0 0;height:16px;z-index:2147483647;pointer-events:none;' +
    'background:#5b2a86;color:#fff;font:11px/16px sans-serif;text-align:center;opacity:.85';
  host.attachShadow({ mode: 'closed' }).textContent =
    'test host: Electron stand-in on Chromium, not Electron';
  document.documentElement.append(host);
}

export const BannerScript: Protocol.Page.AddScriptToEvaluateOnNewDocumentRequest = {
  worldName: 'electron stand-in banner',
  source: `addEventListener('DOMContentLoaded', ${showBanner.toString()}, { once: true });`,
};
