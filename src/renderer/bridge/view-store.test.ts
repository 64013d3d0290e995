import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Patch, Snapshot } from '../../contract/view-model';
import { aFlow, anApp, aRegistry, aSnapshot } from '../testing/views';
import { ViewStore } from './view-store';

/** A source whose snapshots arrive when the test says so. */
class HeldSource {
  readonly reads: ((snapshot: Snapshot | Error) => Promise<void>)[] = [];
  push: (patch: Patch) => void = () => undefined;

  readView(): Promise<Snapshot> {
    return new Promise((resolve, reject) => {
      this.reads.push(async (snapshot) => {
        if (snapshot instanceof Error) reject(snapshot);
        else resolve(snapshot);
        await vi.advanceTimersByTimeAsync(0);
      });
    });
  }

  onPatch(listener: (patch: Patch) => void): () => void {
    this.push = listener;
    return () => {
      this.push = () => undefined;
    };
  }

  async answer(read: number, snapshot: Snapshot | Error): Promise<void> {
    await this.reads[read]?.(snapshot);
  }
}

const acme = aRegistry();
const globex = aRegistry({ id: 'globex', name: 'Globex' });
const signedIn = aRegistry({ session: { kind: 'signed-in', account: 'alice' } });
const patch = (seq: number, changes: Partial<Patch> = {}): Patch => ({
  seq,
  changed: [],
  removed: [],
  ...changes,
});

let source: HeldSource;
let store: ViewStore;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  source = new HeldSource();
  store = new ViewStore(source);
  stop = store.connect();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

test('before the first snapshot nothing is loaded', () => {
  expect(store.app().loaded).toBe(false);
  expect(store.order()).toEqual([]);
});

test('a snapshot is shown in its order, and patches in turn change it', async () => {
  await source.answer(0, aSnapshot([globex, acme], anApp(), 7));
  expect(store.order()).toEqual(['globex', 'acme']);
  source.push(patch(8, { changed: [signedIn] }));
  source.push(patch(9, { removed: ['globex'], order: ['acme'] }));
  source.push(patch(10, { app: anApp({ version: '2' }) }));
  expect(store.order()).toEqual(['acme']);
  expect(store.registry('acme')).toEqual(signedIn);
  expect(store.registry('globex')).toBeUndefined();
  expect(store.app().version).toBe('2');
});

test('patches that overtake the snapshot are kept, and those it already contains are not applied again', async () => {
  source.push(patch(6, { changed: [aRegistry({ name: 'Older than the snapshot' })] }));
  source.push(patch(8, { changed: [signedIn] }));
  await source.answer(0, aSnapshot([acme], anApp(), 7));
  expect(store.registry('acme')).toEqual(signedIn);
  expect(source.reads).toHaveLength(1);
});

test('a missing number asks for a new snapshot, and shows what there was until it comes', async () => {
  await source.answer(0, aSnapshot([acme], anApp(), 1));
  source.push(patch(3, { changed: [signedIn] }));
  expect(source.reads).toHaveLength(2);
  expect(store.registry('acme')).toEqual(acme);
  source.push(patch(4, { changed: [globex], order: ['acme', 'globex'] }));
  await source.answer(1, aSnapshot([signedIn], anApp(), 3));
  expect(store.registry('acme')).toEqual(signedIn);
  expect(store.order()).toEqual(['acme', 'globex']);
  expect(source.reads).toHaveLength(2);
});

test('a gap behind the new snapshot asks once more', async () => {
  await source.answer(0, aSnapshot([acme], anApp(), 1));
  source.push(patch(3));
  source.push(patch(6));
  await source.answer(1, aSnapshot([acme], anApp(), 3));
  expect(source.reads).toHaveLength(3);
  await source.answer(2, aSnapshot([globex], anApp(), 6));
  expect(store.order()).toEqual(['globex']);
});

test('a patch that comes twice changes nothing the second time', async () => {
  await source.answer(0, aSnapshot([acme], anApp(), 1));
  source.push(patch(2, { changed: [signedIn] }));
  source.push(patch(2, { changed: [acme] }));
  expect(store.registry('acme')).toEqual(signedIn);
});

test('a snapshot that main could not give is asked for again', async () => {
  await source.answer(0, new Error('not ready'));
  expect(source.reads).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1000);
  await source.answer(1, aSnapshot([acme]));
  expect(store.order()).toEqual(['acme']);
});

test('only the listener of the changed registry is called', async () => {
  await source.answer(0, aSnapshot([acme, globex]));
  const ofAcme = vi.fn();
  const ofGlobex = vi.fn();
  store.subscribeRegistry('acme', ofAcme);
  const stopGlobex = store.subscribeRegistry('globex', ofGlobex);
  source.push(patch(2, { changed: [signedIn] }));
  expect(ofAcme).toHaveBeenCalledTimes(1);
  expect(ofGlobex).not.toHaveBeenCalled();
  stopGlobex();
  source.push(patch(3, { removed: ['globex'] }));
  expect(ofGlobex).not.toHaveBeenCalled();
});

test('what a new snapshot did not change keeps its identity', async () => {
  await source.answer(0, aSnapshot([acme, globex], anApp(), 1));
  const before = { acme: store.registry('acme'), order: store.order(), app: store.app() };
  source.push(patch(5));
  const copies = structuredClone([acme, aRegistry({ ...globex, siblings: 1 })]);
  await source.answer(1, aSnapshot(copies, anApp(), 5));
  expect(store.registry('acme')).toBe(before.acme);
  expect(store.order()).toBe(before.order);
  expect(store.app()).toBe(before.app);
  expect(store.registry('globex')?.siblings).toBe(1);
});

test('changes after the first snapshot are told with what was before', async () => {
  const told = vi.fn();
  store.onRegistryChange(told);
  await source.answer(0, aSnapshot([acme]));
  expect(told).not.toHaveBeenCalled();
  const flow = aRegistry({ session: aFlow(0) });
  source.push(patch(2, { changed: [flow] }));
  source.push(patch(3, { removed: ['acme'], order: [] }));
  expect(told.mock.calls).toEqual([
    [acme, flow],
    [flow, undefined],
  ]);
});

test('after disconnecting nothing changes any more', async () => {
  await source.answer(0, aSnapshot([acme]));
  stop();
  source.push(patch(2, { changed: [signedIn] }));
  expect(store.registry('acme')).toEqual(acme);
});
