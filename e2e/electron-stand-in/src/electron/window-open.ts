import type { Protocol } from 'devtools-protocol';

/** What the app answered about a page that another page opened. */
export interface OpenDecision {
  readonly details: Electron.HandlerDetails;
  readonly response: Electron.WindowOpenHandlerResponse;
}

/** The details of `setWindowOpenHandler`, from DevTools' account of the call. */
export function openDetails(
  event: Protocol.Page.WindowOpenEvent | undefined,
  url: string,
  opener: string,
): Electron.HandlerDetails {
  const features = (event?.windowFeatures ?? []).join(',');
  return {
    url,
    frameName: event === undefined || event.windowName === '_blank' ? '' : event.windowName,
    features,
    disposition: /\b(width|height|left|top|popup)\b/.test(features) ? 'new-window' : 'foreground-tab',
    referrer: { url: opener, policy: 'strict-origin-when-cross-origin' },
  };
}
