import { EventEmitter } from 'node:events';
import { recordCall } from '../host/state';
import { strict } from '../host/strict';
import type { RequestDetails } from '../page/request-gate';
import type { SessionPolicy } from '../page/session-policy';
import { Permissions, type CheckHandler, type RequestHandler } from './permissions';
import { protocol, protocolImplementation } from './protocol';
import { resolveProxyFromEnvironment } from './proxy-rules';
import { userAgent } from './user-agent';
import { presentWebRequest, WebRequestStandIn } from './web-request';

type Implemented =
  | 'getUserAgent'
  | 'isPersistent'
  | 'protocol'
  | 'resolveProxy'
  | 'setDevicePermissionHandler'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'webRequest';

/** The default session; there is one Chromium profile, so there is no other. */
export class SessionStandIn
  extends EventEmitter
  implements Pick<Electron.Session, Implemented>, SessionPolicy
{
  private readonly requests = new WebRequestStandIn();
  private readonly permissions = new Permissions();
  readonly webRequest = presentWebRequest(this.requests);
  readonly protocol = protocol;

  getUserAgent(): string {
    return userAgent();
  }

  isPersistent(): boolean {
    return true;
  }

  resolveProxy(url: string): Promise<string> {
    return Promise.resolve(resolveProxyFromEnvironment(url, process.env));
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.permissions.setCheckHandler(handler);
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.permissions.setRequestHandler(handler);
  }

  /** WebHID, WebUSB and Web Serial have no devices here, so the handler is never asked. */
  setDevicePermissionHandler(handler: Parameters<Electron.Session['setDevicePermissionHandler']>[0]): void {
    recordCall('session.setDevicePermissionHandler', handler !== null);
  }

  setSpellCheckerEnabled(enable: boolean): void {
    recordCall('session.setSpellCheckerEnabled', enable);
  }

  mayRequest(details: RequestDetails): Promise<boolean> {
    return this.requests.mayRequest(details);
  }

  receiveHeaders(
    details: RequestDetails,
    status: number,
    headers: Record<string, string[]>,
  ): Promise<Record<string, string[]> | undefined> {
    return this.requests.receiveHeaders(details, status, headers);
  }

  handlerOf(scheme: string): ((request: Request) => Response | Promise<Response>) | undefined {
    return protocolImplementation.handlerOf(scheme);
  }

  applyPermissionChecks(contents: Electron.WebContents, url: string): Promise<void> {
    return this.permissions.applyChecks(contents, url);
  }

  askPermission(contents: Electron.WebContents, permission: string, url: string): Promise<boolean> {
    return this.permissions.ask(contents, permission, url);
  }
}

export const sessionImplementation = new SessionStandIn();
export const defaultSession = strict<Electron.Session>(sessionImplementation, 'session.defaultSession');

export const session = strict<typeof Electron.Session>(
  { defaultSession } satisfies Pick<typeof Electron.Session, 'defaultSession'>,
  'session',
);
