import { app, session } from 'electron';
import { appOrigin } from './app-scheme';

/**
 * Electron's security checklist, for every web contents that will ever exist: no navigation away from the app's own
 * origin, no new windows, no webviews, no permissions. Links are opened by main, on a command, in the system browser.
 */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event, url) => {
      if (!url.startsWith(`${appOrigin}/`)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}

/** The renderer gets no camera, notifications, clipboard or anything else that asks; to be called once ready. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
}
