// The least that a window of Gatepass can cost: the same preload, scheme and sandbox, and a page with one word.
import { app, BrowserWindow, protocol } from 'electron';
import { join } from 'node:path';

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
app.on('window-all-closed', () => app.quit());
// Awaited here, it would never come: Electron is ready only after this module has run.
void app.whenReady().then(() => {
  protocol.handle(
    'app',
    () =>
      new Response('<!doctype html><html lang="en"><title>Blank</title><main>Blank</main></html>', {
        headers: { 'content-type': 'text/html; charset=utf-8' },
      }),
  );
  const window = new BrowserWindow({
    width: 960,
    height: 640,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, '../../out/preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('app://blank/');
});
