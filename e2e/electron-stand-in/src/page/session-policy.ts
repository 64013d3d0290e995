import type { RequestPolicy } from './request-gate';

/** What the app's session decides for its pages. */
export interface SessionPolicy extends Pick<RequestPolicy, 'mayRequest' | 'receiveHeaders' | 'handlerOf'> {
  /** Sets Chromium's permissions of a document's origin to what the permission check handler says. */
  applyPermissionChecks(contents: Electron.WebContents, url: string): Promise<void>;
  /** Asks the permission request handler, and sets Chromium's permission to its answer. */
  askPermission(contents: Electron.WebContents, permission: string, url: string): Promise<boolean>;
}
