import { strict } from '../host/strict';
import type { RequestDetails } from '../page/request-gate';

type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;
type HeadersReceived = (
  details: Electron.OnHeadersReceivedListenerDetails,
  callback: (response: Electron.HeadersReceivedResponse) => void,
) => void;

const RESOURCE_TYPES: Readonly<
  Partial<Record<string, Electron.OnBeforeRequestListenerDetails['resourceType']>>
> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Image: 'image',
  Script: 'script',
  Font: 'font',
  Media: 'media',
  XHR: 'xhr',
  Fetch: 'xhr',
  WebSocket: 'webSocket',
  Ping: 'ping',
};

const asArray = (value: string | string[]): string[] => (Array.isArray(value) ? value : [value]);

/** Filters of webRequest are not applied here; an app that passes one is told so at once. */
function refuseFilter(listener: unknown): void {
  if (listener !== undefined) throw new Error('[electron stand-in] webRequest filters are not implemented');
}

/** `session.webRequest`: the two events that decide something. */
export class WebRequestStandIn implements Pick<Electron.WebRequest, 'onBeforeRequest' | 'onHeadersReceived'> {
  private beforeRequest: BeforeRequest | undefined;
  private headersReceived: HeadersReceived | undefined;
  private lastId = 0;

  onBeforeRequest(first: unknown, second?: unknown): void {
    refuseFilter(second);
    this.beforeRequest = (first ?? undefined) as BeforeRequest | undefined;
  }

  onHeadersReceived(first: unknown, second?: unknown): void {
    refuseFilter(second);
    this.headersReceived = (first ?? undefined) as HeadersReceived | undefined;
  }

  async mayRequest(details: RequestDetails): Promise<boolean> {
    const listener = this.beforeRequest;
    if (!listener) return true;
    const response = await new Promise<Electron.CallbackResponse>((resolve) => {
      listener({ ...this.describe(details), uploadData: [] }, resolve);
    });
    if (response.redirectURL !== undefined)
      throw new Error('[electron stand-in] webRequest redirects are not implemented');
    return response.cancel !== true;
  }

  async receiveHeaders(
    details: RequestDetails,
    status: number,
    headers: Record<string, string[]>,
  ): Promise<Record<string, string[]> | undefined> {
    const listener = this.headersReceived;
    if (!listener) return headers;
    const response = await new Promise<Electron.HeadersReceivedResponse>((resolve) => {
      listener(
        {
          ...this.describe(details),
          statusCode: status,
          statusLine: `HTTP/1.1 ${status}`,
          responseHeaders: headers,
        },
        resolve,
      );
    });
    if (response.cancel === true) return undefined;
    const changed = response.responseHeaders;
    if (!changed) return headers;
    return Object.fromEntries(Object.entries(changed).map(([name, value]) => [name, asArray(value)]));
  }

  private describe(details: RequestDetails) {
    this.lastId += 1;
    return {
      id: this.lastId,
      url: details.url,
      method: details.method,
      webContentsId: details.webContentsId,
      resourceType: RESOURCE_TYPES[details.resourceType] ?? ('other' as const),
      referrer: '',
      timestamp: Date.now(),
    };
  }
}

export function presentWebRequest(implementation: WebRequestStandIn): Electron.WebRequest {
  return strict<Electron.WebRequest>(implementation, 'session.webRequest');
}
