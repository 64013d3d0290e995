// Exposes what the contract suite calls from the page; runs sandboxed, in the isolated world.
const { contextBridge, ipcRenderer } = require('electron');

globalThis.secretOfTheIsolatedWorld = 'not for the page';

const circular = { name: 'circular' };
circular.self = circular;

/** Values only this world can make, sent to the main process on demand: name -> value. */
const clones = {
  date: () => new Date(86_400_000),
  regexp: () => /ab+c/giu,
  map: () => new Map([['key', { nested: new Set([1, 2]) }]]),
  typed: () => new Uint16Array([1, 2, 65535]),
  buffer: () => new Uint8Array([0, 255]).buffer,
  bigint: () => 12345678901234567890n,
  holes: () => ({ missing: undefined, nan: NaN, minusZero: -0, infinity: Infinity }),
  error: () => new RangeError('out of range'),
  circular: () => circular,
  instance: () =>
    new (class Point {
      x = 1;
      get y() {
        return 2;
      }
    })(),
  func: () => () => 1,
  promise: () => Promise.resolve(1),
  symbol: () => Symbol('s'),
  node: () => document.documentElement,
};

let listener;
contextBridge.exposeInMainWorld('contract', {
  version: process.versions.electron,
  argv: process.argv,
  sandboxed: process.sandboxed === true,
  nested: {
    list: [1, { deep: true }],
    bytes: new Uint8Array([1, 2, 3]),
    error: new TypeError('kept as text'),
  },
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  invokeClone: (channel, name) => ipcRenderer.invoke(channel, clones[name]()),
  cloneNames: Object.keys(clones),
  sendClone: (channel, name) => {
    try {
      ipcRenderer.send(channel, clones[name]());
      return 'sent';
    } catch (error) {
      return error.message;
    }
  },
  collect: (channel) => {
    const seen = [];
    listener = (event, ...args) => seen.push({ args, hasSender: typeof event.sender?.send === 'function' });
    ipcRenderer.on(channel, listener);
    return () => seen;
  },
  stopCollecting: (channel) => {
    ipcRenderer.removeListener(channel, listener);
  },
  describe: (value) => {
    const prototype = Object.prototype.toString.call(value);
    return { prototype, keys: Object.keys(value), isError: value instanceof Error };
  },
  callBack: (callback) => callback(2, { from: 'preload' }),
  throwError: () => {
    throw new RangeError('thrown in the preload');
  },
  throwText: () => {
    throw 'just text';
  },
  reject: () => Promise.reject(new RangeError('rejected in the preload')),
  identity: (value) => value,
  exposeAgain: (key) => {
    try {
      contextBridge.exposeInMainWorld(key, {});
      return 'exposed';
    } catch (error) {
      return error.message;
    }
  },
  requireOther: (id) => {
    try {
      require(id);
      return 'found';
    } catch (error) {
      return error.message;
    }
  },
});
ipcRenderer.send('preload-ran', { href: location.href });
