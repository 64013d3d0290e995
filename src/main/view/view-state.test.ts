import { beforeEach, expect, test } from 'vitest';
import type { AppView, Patch, RegistryView } from '../../contract/view-model';
import { ViewState } from './view-state';

const app: AppView = {
  loaded: true,
  configurationFile: 'config.yaml',
  configurationProblems: [],
  mayAddRegistries: true,
  gateway: { kind: 'off' },
  keychain: { kind: 'nothing-to-say' },
  settings: [],
  version: '1.0.0',
};
const row = (id: string, kind: 'signed-out' | 'no-sign-in-needed' = 'signed-out'): RegistryView => ({
  id,
  name: id,
  url: `https://${id}.example`,
  host: `${id}.example`,
  source: 'user',
  location: 'config.yaml',
  locked: false,
  authType: 'oauth',
  status: 'configured',
  session: { kind },
  siblings: 0,
});

let rows: Map<string, RegistryView>;
let order: string[];
let patches: Patch[];
let asked: string[];
let view: ViewState;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

beforeEach(() => {
  rows = new Map([row('a'), row('b'), row('c')].map((r) => [r.id, r]));
  order = ['a', 'b', 'c'];
  patches = [];
  asked = [];
  view = new ViewState(
    {
      ids: () => [...order],
      row(id) {
        asked.push(id);
        return rows.get(id);
      },
      app: () => app,
    },
    (patch) => patches.push(patch),
  );
  asked = [];
});

test('tells when the page has asked for the first time, and not before', async () => {
  let isAsked = false;
  void view.asked().then(() => (isAsked = true));
  view.changed({ kind: 'app' });
  await settled();
  expect(isAsked).toBe(false);
  view.snapshot();
  await settled();
  expect(isAsked).toBe(true);
});

test('a status change costs one row', async () => {
  rows.set('b', row('b', 'no-sign-in-needed'));
  view.changed({ kind: 'row', id: 'b' });
  await settled();
  expect(patches).toEqual([{ seq: 1, changed: [rows.get('b')], removed: [] }]);
  expect(asked).toEqual(['b']);
});

test('a burst of changes is one patch', async () => {
  rows.set('a', row('a', 'no-sign-in-needed'));
  for (let i = 0; i < 10; i++) view.changed({ kind: 'row', id: 'a' });
  view.changed({ kind: 'app' });
  await settled();
  expect(patches).toEqual([{ seq: 1, app, changed: [rows.get('a')], removed: [] }]);
});

test('a change that shows nothing new is not told', async () => {
  view.changed({ kind: 'row', id: 'a' });
  view.changed({ kind: 'list' });
  await settled();
  expect(patches).toEqual([]);
});

test('removed, added and moved rows are told with the new order', async () => {
  rows.delete('b');
  rows.set('d', row('d'));
  order = ['d', 'c', 'a'];
  view.changed({ kind: 'list' });
  await settled();
  expect(patches).toEqual([{ seq: 1, changed: [rows.get('d')], removed: ['b'], order: ['d', 'c', 'a'] }]);
});

test('a snapshot is complete as of its number, and the next patch follows it', async () => {
  rows.set('c', row('c', 'no-sign-in-needed'));
  view.changed({ kind: 'row', id: 'c' });
  const snapshot = view.snapshot();
  expect(snapshot.registries.map((r) => r.session.kind)).toEqual([
    'signed-out',
    'signed-out',
    'no-sign-in-needed',
  ]);
  expect(snapshot.seq).toBe(1);
  rows.set('a', row('a', 'no-sign-in-needed'));
  view.changed({ kind: 'row', id: 'a' });
  await settled();
  expect(patches.map((p) => p.seq)).toEqual([1, 2]);
});
