import { mkdir, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Clock, systemClock } from '../base/clock';
import { manualClock } from '../base/manual-clock';
import { ConfigStore } from './config-store';
import { FileSource } from './file-source';
import type { ConfigSource, Reading } from './layer';
import type { Effective } from './registry';
import { readText } from './testing/read-text';

let folder: string;
let path: string;
let store: ConfigStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatepass-config-'));
  path = join(folder, 'profile', 'config.yaml');
  await mkdir(join(folder, 'profile'));
  store = new ConfigStore({ sources: [new FileSource('user', path, systemClock)], clock: systemClock });
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

const file = (...ids: string[]) =>
  `registries: [${ids.map((id) => `{id: ${id}, url: "https://${id}.example"}`).join(', ')}]\n`;
const idsOf = ({ registries }: Effective) => registries.map(({ id }) => id);

/** Resolves with the first configuration that is as expected, now or later. */
function seen(isExpected: (effective: Effective) => boolean): Promise<Effective> {
  if (isExpected(store.current())) return Promise.resolve(store.current());
  return new Promise((resolve) => {
    const stop = store.onChange((effective) => {
      if (!isExpected(effective)) return;
      stop();
      resolve(effective);
    });
  });
}
const seenIds = (...ids: string[]) => seen((effective) => idsOf(effective).join() === ids.join());

test('without any source, everything has its built-in value', () => {
  const { registries, settings, problems } = store.current();
  expect(registries).toEqual([]);
  expect(problems).toEqual([]);
  expect(settings.sign_in_timeout_seconds).toEqual({
    value: 120,
    source: 'built-in',
    location: 'Gatepass',
    locked: false,
  });
});

test('a change is applied while running', async () => {
  await writeFile(path, file('one'));
  expect(idsOf(await store.start())).toEqual(['one']);
  await writeFile(path, file('one', 'two'));
  await seenIds('one', 'two');
});

test('a file that is made later is found', async () => {
  expect(idsOf(await store.start())).toEqual([]);
  await writeFile(path, file('one'));
  await seenIds('one');
});

test('a file that an editor replaces by renaming is read again, each time', async () => {
  await writeFile(path, file('one'));
  await store.start();
  for (const id of ['two', 'three']) {
    await writeFile(`${path}~`, file(id));
    await rename(`${path}~`, path);
    await seenIds(id);
  }
});

test('a file that is removed takes its registries with it, and brings them back', async () => {
  await writeFile(path, file('one'));
  await store.start();
  await unlink(path);
  await seenIds();
  await writeFile(path, file('one'));
  await seenIds('one');
});

/** Waits a twentieth of the time. */
const quickClock: Clock = { ...systemClock, after: (ms, callback) => systemClock.after(ms / 20, callback) };

test('a folder that is replaced is watched again', async () => {
  store = new ConfigStore({ sources: [new FileSource('user', path, quickClock)], clock: quickClock });
  await writeFile(path, file('one'));
  await store.start();
  await rm(join(folder, 'profile'), { recursive: true });
  await seenIds();
  await mkdir(join(folder, 'profile'));
  await writeFile(path, file('two'));
  await seenIds('two');
  await writeFile(path, file('three'));
  await seenIds('three');
});

test('a file that breaks while running keeps what it last said, and is listed until it is right', async () => {
  await writeFile(path, file('one'));
  await store.start();
  await writeFile(path, 'registries: [');
  const broken = await seen(({ problems }) => problems.length > 0);
  expect(idsOf(broken)).toEqual(['one']);
  expect(broken.problems).toMatchObject([{ code: 'CFG_INVALID', location: path, line: 1 }]);
  await writeFile(path, file('two'));
  const right = await seenIds('two');
  expect(right.problems).toEqual([]);
});

test('a file that is broken from the start gives no registries, and says why', async () => {
  await writeFile(path, 'registries: [');
  const effective = await store.start();
  expect(effective.registries).toEqual([]);
  expect(effective.problems).toMatchObject([{ code: 'CFG_INVALID', location: path }]);
});

/** A source that says what it is told to, and counts how often it was asked. */
class FakeSource implements ConfigSource {
  readings = 0;
  changed: () => void = () => {};
  next: () => Promise<Reading> = () => Promise.resolve({ kind: 'absent' });

  read(): Promise<Reading> {
    this.readings++;
    return this.next();
  }

  watch(changed: () => void): () => void {
    this.changed = changed;
    return () => {
      this.changed = () => {};
    };
  }
}

const says = async (...ids: string[]): Promise<Reading> => ({
  kind: 'read',
  layers: [await readText(file(...ids))],
});

test('many notices of one save are one reading', async () => {
  const [source, clock] = [new FakeSource(), manualClock()];
  store = new ConfigStore({ sources: [source], clock });
  await store.start();
  for (let n = 0; n < 20; n++) source.changed();
  await clock.advance(1000);
  expect(source.readings).toBe(2);
});

test('a reading that takes long never overtakes a later one', async () => {
  const [source, clock] = [new FakeSource(), manualClock()];
  store = new ConfigStore({ sources: [source], clock });
  await store.start();
  const [old, current] = [await says('old'), await says('new')];
  let finishOld = () => {};
  source.next = () =>
    new Promise((resolve) => {
      finishOld = () => {
        resolve(old);
      };
    });
  source.changed();
  await clock.advance(200);
  source.next = () => Promise.resolve(current);
  source.changed();
  await clock.advance(200);
  finishOld();
  await seenIds('new');
  await clock.advance(1000);
  expect(idsOf(store.current())).toEqual(['new']);
});

test('listeners hear of changes only', async () => {
  const source = new FakeSource();
  store = new ConfigStore({ sources: [source], clock: manualClock() });
  const reading = await says('one');
  source.next = () => Promise.resolve(reading);
  await store.start();
  const heard: Effective[] = [];
  store.onChange((effective) => heard.push(effective));
  await store.reload();
  expect(heard).toEqual([]);
});

test('after closing, nothing is heard any more', async () => {
  const [source, clock] = [new FakeSource(), manualClock()];
  store = new ConfigStore({ sources: [source], clock });
  await store.start();
  const heard: Effective[] = [];
  store.onChange((effective) => heard.push(effective));
  source.next = () => says('one');
  source.changed();
  store.close();
  await clock.advance(1000);
  expect(heard).toEqual([]);
});
