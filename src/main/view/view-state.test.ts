import { beforeEach, describe, expect, test } from 'vitest';
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

describe('thousands of rows', () => {
  const many = Array.from({ length: 3_500 }, (_, index) => `r${index}`);
  /** What the page makes of the patches so far. */
  const page = () => {
    const shown = new Map<string, RegistryView>();
    let shownOrder: readonly string[] = [];
    for (const { changed, removed, order: told } of patches) {
      for (const id of removed) shown.delete(id);
      for (const one of changed) shown.set(one.id, one);
      shownOrder = told ?? shownOrder;
    }
    return { shown, order: shownOrder };
  };
  const until = async (isEnough: () => boolean) => {
    while (!isEnough()) await settled();
  };
  const hasApp = () => patches.at(-1)?.app !== undefined;

  beforeEach(() => {
    order = [...many];
    rows = new Map(many.map((id) => [id, row(id)]));
    view.changed({ kind: 'list' });
    view.changed({ kind: 'app' });
  });

  test('the first screenful is told at once, and what follows in pieces', async () => {
    await Promise.resolve();
    expect(patches.map(({ changed }) => changed.length)).toEqual([50]);
    expect(patches[0]?.order).toEqual(many.slice(0, 50));
    expect(asked).toHaveLength(50);
    await until(hasApp);
    expect(patches.map(({ seq }) => seq)).toEqual(patches.map((_, index) => index + 1));
    expect(Math.max(...patches.map(({ changed }) => changed.length))).toBe(1_000);
  });

  test('each piece leaves a list that is right as far as it goes', async () => {
    await until(hasApp);
    const every = [...patches];
    for (const [index] of every.entries()) {
      patches = every.slice(0, index + 1);
      const { shown, order: shownOrder } = page();
      expect([...shown.keys()].sort()).toEqual([...shownOrder].sort());
      expect(shownOrder).toEqual(many.slice(0, shownOrder.length));
    }
    expect(page().order).toEqual(many);
  });

  test('what concerns the whole app is told with the last piece: until then the list is not complete', async () => {
    await until(hasApp);
    expect(patches.filter((patch) => patch.app !== undefined)).toEqual([patches.at(-1)]);
    expect(page().shown.size).toBe(many.length);
  });

  test('a row that changes on the way is right in the end, and one that goes is not there', async () => {
    await Promise.resolve();
    rows.set('r0', row('r0', 'no-sign-in-needed'));
    rows.set('r3000', row('r3000', 'no-sign-in-needed'));
    for (const id of ['r0', 'r3000']) view.changed({ kind: 'row', id });
    for (const id of ['r1', 'r2999']) rows.delete(id);
    order = order.filter((id) => rows.has(id));
    view.changed({ kind: 'list' });
    await until(hasApp);
    const { shown, order: shownOrder } = page();
    expect(shownOrder).toEqual(order);
    expect(shown).toEqual(rows);
  });

  test('a snapshot on the way is complete, and nothing is told twice after it', async () => {
    await Promise.resolve();
    const { seq, registries } = view.snapshot();
    expect(registries.map(({ id }) => id)).toEqual(many);
    await settled();
    await settled();
    expect(patches.filter((patch) => patch.seq > seq)).toEqual([]);
  });
});
