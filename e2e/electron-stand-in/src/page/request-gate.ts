import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../chromium/connection';
import { fetchReason, FAILED, loadFailure, UNEXPECTED, type LoadFailure } from './net-errors';
import { schemeMapping } from './scheme-mapping';

type Paused = Protocol.Fetch.RequestPausedEvent;

/** A request as webRequest listeners see it. */
export interface RequestDetails {
  readonly url: string;
  readonly method: string;
  readonly resourceType: Protocol.Network.ResourceType;
  readonly webContentsId: number;
}

/** The decisions a page's requests wait for. */
export interface RequestPolicy {
  /** A navigation of the main frame; false stops it. */
  mayNavigate(url: string, redirected: boolean): boolean;
  /** `webRequest.onBeforeRequest`; false cancels the request. */
  mayRequest(details: RequestDetails): Promise<boolean>;
  /** `webRequest.onHeadersReceived` for a response of the app's own handler; undefined cancels it. */
  receiveHeaders(
    details: RequestDetails,
    status: number,
    headers: Record<string, string[]>,
  ): Promise<Record<string, string[]> | undefined>;
  /** Awaited before the main frame's document is answered. */
  beforeDocument(url: string): Promise<void>;
  handlerOf(scheme: string): ((request: Request) => Response | Promise<Response>) | undefined;
}

const schemeOf = (url: string): string => /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';

/** Pauses every request of a page, asks the app, and answers those the app's own protocol handlers serve. */
export class RequestGate {
  private readonly session: CdpSession;
  private readonly policy: RequestPolicy;
  private readonly webContentsId: number;
  private readonly isMainFrame: (frameId: string) => boolean;
  /** Why the latest request of the main frame failed, where Chromium would only tell ERR_FAILED. */
  private failure: LoadFailure | undefined;

  constructor(
    session: CdpSession,
    policy: RequestPolicy,
    page: { readonly id: number; isMainFrame(frameId: string): boolean },
  ) {
    this.session = session;
    this.policy = policy;
    this.webContentsId = page.id;
    this.isMainFrame = (frameId) => page.isMainFrame(frameId);
  }

  async open(onError: (error: unknown) => void): Promise<void> {
    this.session.on('Fetch.requestPaused', (paused) => {
      this.decide(paused).catch(onError);
    });
    await this.session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  /** The better reason for a main-frame load that DevTools calls failed; asked once per failure. */
  explain(errorText: string): LoadFailure {
    const explained = this.failure;
    this.failure = undefined;
    const told = loadFailure(errorText);
    return told.code === FAILED.code && explained ? explained : told;
  }

  private async decide(paused: Paused): Promise<void> {
    const { request, requestId, resourceType, frameId } = paused;
    const url = schemeMapping.fromChromium(request.url);
    const mainNavigation = resourceType === 'Document' && this.isMainFrame(frameId);
    if (mainNavigation) {
      this.failure = undefined;
      if (!this.policy.mayNavigate(url, paused.redirectedRequestId !== undefined)) {
        await this.fail(requestId, 'Aborted');
        return;
      }
      await this.policy.beforeDocument(url);
    }
    const details = { url, method: request.method, resourceType, webContentsId: this.webContentsId };
    if (!(await this.policy.mayRequest(details))) {
      await this.fail(requestId, 'BlockedByClient');
      return;
    }
    const handler = this.policy.handlerOf(schemeOf(url));
    if (handler) {
      const answer = await this.answer(handler, paused, url);
      if ('code' in answer) {
        if (mainNavigation) this.failure = answer;
        await this.fail(requestId, fetchReason(answer));
      } else {
        await this.fulfil(requestId, details, answer);
      }
    } else if (schemeMapping.isMapped(request.url)) {
      if (mainNavigation) this.failure = loadFailure('ERR_UNKNOWN_URL_SCHEME');
      await this.fail(requestId, 'Failed');
    } else {
      await this.session.send('Fetch.continueRequest', { requestId });
    }
  }

  private async answer(
    handler: (request: Request) => Response | Promise<Response>,
    { request, networkId, requestId }: Paused,
    url: string,
  ): Promise<Response | LoadFailure> {
    try {
      const body =
        request.hasPostData === true ? await this.postData(request, networkId ?? requestId) : undefined;
      const init: RequestInit = { method: request.method, headers: request.headers };
      if (body !== undefined) init.body = body;
      const response = await handler(new Request(url, init));
      if (!(response instanceof Response)) return UNEXPECTED;
      return response.type === 'error' ? FAILED : response;
    } catch (error) {
      console.error(error);
      return UNEXPECTED;
    }
  }

  private async postData(
    request: Protocol.Network.Request,
    requestId: string,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const entries = request.postDataEntries;
    if (entries?.every(({ bytes }) => bytes !== undefined) === true) {
      return new Uint8Array(Buffer.concat(entries.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'))));
    }
    const { postData } = await this.session.send('Network.getRequestPostData', { requestId });
    return new Uint8Array(Buffer.from(postData, 'utf8'));
  }

  private async fulfil(requestId: string, details: RequestDetails, response: Response): Promise<void> {
    const received: Record<string, string[]> = {};
    response.headers.forEach((value, name) => {
      (received[name] ??= []).push(value);
    });
    const headers = await this.policy.receiveHeaders(details, response.status, received);
    if (headers === undefined) {
      await this.fail(requestId, 'BlockedByClient');
      return;
    }
    await this.session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: Object.entries(headers).flatMap(([name, values]) =>
        values.map((value) => ({
          name,
          value: name.toLowerCase().startsWith('content-security-policy')
            ? schemeMapping.policyToChromium(value)
            : value,
        })),
      ),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  private async fail(requestId: string, errorReason: Protocol.Network.ErrorReason): Promise<void> {
    await this.session.send('Fetch.failRequest', { requestId, errorReason });
  }
}
