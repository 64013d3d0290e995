import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Pipe } from '../contract/pipe';

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as unknown[][],
  listeners: undefined as EventEmitter | undefined,
}));

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: unknown) => void electron.exposed.set(name, value),
  },
  ipcRenderer: {
    invoke: (...args: unknown[]) => {
      electron.invoked.push(args);
      return Promise.resolve('answer');
    },
    on: (name: string, listener: (...args: unknown[]) => void) => electron.listeners?.on(name, listener),
    off: (name: string, listener: (...args: unknown[]) => void) => electron.listeners?.off(name, listener),
  },
}));

let pipe: Pipe;
let listeners: EventEmitter;

beforeEach(async () => {
  listeners = electron.listeners = new EventEmitter();
  electron.invoked.length = 0;
  await import('./preload');
  pipe = electron.exposed.get('gatepass') as Pipe;
});

test('only the pipe is exposed, under the name of the contract', () => {
  expect([...electron.exposed.keys()]).toEqual(['gatepass']);
  expect(Object.keys(pipe).sort()).toEqual(['invoke', 'subscribe']);
});

test('a command goes to its channel and its answer comes back', async () => {
  await expect(pipe.invoke('signIn', { registryId: 'acme' })).resolves.toBe('answer');
  expect(electron.invoked).toEqual([['gatepass:signIn', { registryId: 'acme' }]]);
});

test.each(['', 'sign-in', 'ELECTRON:x', '../x', 'a b', 'a\n', 'x1'])(
  'the name %j reaches no channel',
  async (name) => {
    await expect(pipe.invoke(name, undefined)).rejects.toThrow(TypeError);
    expect(() => pipe.subscribe(name, () => undefined)).toThrow(TypeError);
    expect(electron.invoked).toEqual([]);
    expect(listeners.eventNames()).toEqual([]);
  },
);

test('an object that would turn into another name later is refused', async () => {
  const shifty = { toString: () => 'signIn' };
  const untyped = pipe as { invoke(command: unknown, input: unknown): Promise<unknown> };
  await expect(untyped.invoke(shifty, undefined)).rejects.toThrow(TypeError);
});

test('a listener gets the payload and never the IPC event', () => {
  const received: unknown[][] = [];
  pipe.subscribe('viewPatch', (...args: unknown[]) => received.push(args));
  listeners.emit('gatepass:viewPatch', { sender: 'everything' }, { seq: 1 }, 'more');
  expect(received).toEqual([[{ seq: 1 }]]);
});

test('what subscribe returns stops that listener and no other', () => {
  const first = vi.fn();
  const second = vi.fn();
  const stop = pipe.subscribe('viewPatch', first);
  pipe.subscribe('viewPatch', second);
  stop();
  stop();
  listeners.emit('gatepass:viewPatch', {}, { seq: 2 });
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledExactlyOnceWith({ seq: 2 });
});
