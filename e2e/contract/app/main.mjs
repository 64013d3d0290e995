// The smallest app that shows what the contract suite asks about. Specs reach the rest by electronApp.evaluate.
import { app, BrowserWindow, ipcMain, protocol } from 'electron';
import fs from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const pages = path.join(here, 'pages');
const events = [];
const note = (name) => {
  events.push(name);
  const file = process.env.CONTRACT_EVENTS;
  if (file) fs.appendFileSync(file, `${name}\n`);
};

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' app:; img-src 'self'; frame-src 'self'";

async function serve(request) {
  const url = new URL(request.url);
  if (url.pathname === '/echo') {
    const body = await request.text();
    return Response.json({ method: request.method, body, header: request.headers.get('x-contract') });
  }
  if (url.pathname === '/throw') throw new Error('thrown by the protocol handler');
  if (url.pathname === '/redirect')
    return new Response(null, { status: 302, headers: { location: '/second.html' } });
  if (url.pathname === '/error') return Response.error();
  const file = path.join(pages, path.basename(url.pathname));
  if (!fs.existsSync(file))
    return new Response('no such page', { status: 404, headers: { 'content-type': 'text/plain' } });
  return new Response(fs.readFileSync(file), {
    headers: { 'content-type': TYPES[path.extname(file)] ?? 'text/plain', 'content-security-policy': POLICY },
  });
}

/** Says in plain JSON what a value of structured clone is. */
function describeArrival(value) {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (value instanceof Map) return [tag, [...value].map(([key, item]) => [key, [...item.nested]])];
  if (value instanceof Error) return [tag, value.name, value.message];
  if (value instanceof ArrayBuffer) return [tag, [...new Uint8Array(value)]];
  if (ArrayBuffer.isView(value)) return [tag, [...value]];
  if (tag !== 'Object') return [tag, String(value)];
  if ('self' in value) return [tag, value.self === value];
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    Object.is(item, -0) ? '-0' : String(item),
  ]);
  return [tag, entries, Object.getPrototypeOf(value) === Object.prototype];
}

function createWindow() {
  const window = new BrowserWindow({
    width: 640,
    height: 480,
    show: false,
    webPreferences: { preload: path.join(here, 'preload.cjs'), additionalArguments: ['--from-main=yes'] },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.on('close', () => note('close'));
  window.on('closed', () => note('closed'));
  void window.loadURL('app://contract/index.html');
  return window;
}

globalThis.contract = { events, createWindow };
const isReport = process.argv.includes('--report');
for (const name of isReport
  ? []
  : ['will-finish-launching', 'ready', 'before-quit', 'will-quit', 'window-all-closed']) {
  app.on(name, () => {
    note(name);
    if (name === 'window-all-closed' && !process.env.CONTRACT_STAY) app.quit();
  });
}
app.on('quit', (_event, code) => note(`quit ${code}`));
app.on('second-instance', (_event, argv, workingDirectory, data) => {
  note(`second-instance ${JSON.stringify({ last: argv.at(-1), workingDirectory, data })}`);
});

const wantsLock = process.argv.includes('--single-instance');
const data = { from: process.argv.find((argument) => argument.startsWith('--name=')) ?? '' };
if (isReport) {
  // Work that needs no window system, as a command line tool inside the app does it.
  setTimeout(() => {
    console.log(
      JSON.stringify({ name: app.getName(), userData: app.getPath('userData'), ready: app.isReady() }),
    );
    app.exit(7);
  }, 10);
} else if (wantsLock && !app.requestSingleInstanceLock(data)) {
  app.quit();
} else {
  ipcMain.handle('describe', (_event, value) => describeArrival(value));
  ipcMain.handle('echo', (_event, ...values) => values);
  app.whenReady().then(() => {
    note('whenReady');
    protocol.handle('app', serve);
    if (!process.argv.includes('--no-window')) createWindow();
  });
}
