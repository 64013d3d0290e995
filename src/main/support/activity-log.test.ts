import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ActivityEvent, newCorrelationId } from '../base/event-sink';
import { type ManualClock, manualClock } from '../base/manual-clock';
import { Secret } from '../base/secret';
import { ActivityLog } from './activity-log';

let folder: string;
let clock: ManualClock;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'activity-')), 'logs');
  clock = manualClock(Date.now());
});
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

const limits = { bytes: 1000, files: 2, ageMs: 60_000 };
const open = () => new ActivityLog({ folder, clock, isRegistry: (id) => id === 'acme', limits });
const text = (file = 'activity.log') => readFileSync(join(folder, file), 'utf8');
const signedOut: ActivityEvent = {
  level: 'info',
  name: 'session-changed',
  registryId: 'acme',
  kind: 'signed-out',
};

test('what happened is one readable line with its time, and an entry to show', () => {
  const log = open();
  const event: ActivityEvent = {
    level: 'warn',
    name: 'session-changed',
    registryId: 'acme',
    kind: 'refresh-failed',
    code: 'NET_DNS',
    durationMs: 12,
    correlationId: newCorrelationId(),
  };
  log.record(event);
  expect(JSON.parse(text())).toEqual({ ...event, time: new Date(clock.now()).toISOString() });
  expect(log.entries()).toEqual([{ ...event, seq: 1, at: clock.now() }]);
});

test('silent work is shown, and told as it happens, but not written', () => {
  const log = open();
  const told: number[] = [];
  const stop = log.onEntry(({ seq }) => told.push(seq));
  log.record({ level: 'debug', name: 'session-changed', registryId: 'acme', kind: 'refresh-started' });
  stop();
  log.record(signedOut);
  expect(log.entries().map(({ level }) => level)).toEqual(['debug', 'info']);
  expect(told).toEqual([1]);
  expect(text().trim().split('\n')).toHaveLength(1);
});

test('after a restart the entries on disk are shown before the new ones', () => {
  open().record(signedOut);
  const again = open();
  again.record({ level: 'info', name: 'app-started' });
  expect(again.entries().map(({ seq, name }) => [seq, name])).toEqual([
    [1, 'session-changed'],
    [2, 'app-started'],
  ]);
});

test('only the person whose computer it is can read it', () => {
  open().record(signedOut);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'activity.log')).mode & 0o777).toBe(0o600);
});

test('a folder that cannot be made costs the lines on disk, not the app and not what is shown', () => {
  mkdirSync(join(folder, '..'), { recursive: true });
  writeFileSync(folder, '');
  const log = open();
  log.record(signedOut);
  expect(log.entries()).toHaveLength(1);
});

test('files are limited in size and number, and nothing is lost between two of them', () => {
  const log = open();
  for (let i = 0; i < 60; i++) log.record({ ...signedOut, durationMs: i });
  expect(readdirSync(folder).sort()).toEqual(['activity.1.log', 'activity.2.log', 'activity.log']);
  for (const file of readdirSync(folder)) expect(text(file).length).toBeLessThanOrEqual(1000);
  const lines = ['activity.2.log', 'activity.1.log', 'activity.log'].flatMap((file) =>
    text(file).trim().split('\n'),
  );
  const durations = lines.map((line) => (JSON.parse(line) as ActivityEvent).durationMs ?? -1);
  expect(durations).toEqual(Array.from({ length: durations.length }, (_, i) => 60 - durations.length + i));
});

test('a file that was begun too long ago is put away, and one that is too old is deleted', async () => {
  const log = open();
  log.record(signedOut);
  await clock.advance(59_000);
  log.record(signedOut);
  expect(readdirSync(folder)).toEqual(['activity.log']);
  // The disk's clock does not know the test's.
  utimesSync(join(folder, 'activity.log'), clock.now() / 1000, clock.now() / 1000);
  await clock.advance(1_000);
  log.record(signedOut);
  expect(readdirSync(folder).sort()).toEqual(['activity.1.log', 'activity.log']);
  utimesSync(join(folder, 'activity.1.log'), 0, 0);
  open();
  expect(readdirSync(folder)).toEqual(['activity.log']);
});

test('a text that is not the id of a configured registry is not written, whoever passes it', () => {
  const log = open();
  log.record({ ...signedOut, registryId: 'eyJhbGciOi.canary.token' });
  expect(text()).not.toContain('canary');
  expect(JSON.stringify(log.entries())).not.toContain('canary');
});

test('a line that somebody else wrote into the file is not shown', () => {
  mkdirSync(folder, { recursive: true });
  const time = new Date().toISOString();
  const lines = [
    'no JSON',
    JSON.stringify({ level: 'info', time, name: 'canary' }),
    JSON.stringify({ level: 'info', time, name: 'app-started', kind: 'canary' }),
    JSON.stringify({ level: 'info', time, name: 'app-started', code: 'canary' }),
    JSON.stringify({ level: 'info', time, name: 'app-started', correlationId: 'canary' }),
    JSON.stringify({ level: 'info', time, name: 'app-started', more: 'canary' }),
    JSON.stringify({ level: 'info', time, name: 'app-started' }),
  ];
  writeFileSync(join(folder, 'activity.log'), `${lines.join('\n')}\n`);
  expect(
    open()
      .entries()
      .map(({ name }) => name),
  ).toEqual(['app-started']);
});

test('the compiler refuses anything but the words of the log', () => {
  const secret = new Secret('canary-token');
  const refused: ActivityEvent[] = [
    // @ts-expect-error -- a token is no registry
    { ...signedOut, registryId: secret },
    // @ts-expect-error -- a free text is no kind
    { ...signedOut, kind: secret.reveal() },
    // @ts-expect-error -- nor a code
    { ...signedOut, code: secret.reveal() },
    // @ts-expect-error -- nor a correlation id, which is made in one place
    { ...signedOut, correlationId: secret.reveal() },
    // @ts-expect-error -- there is no field for a text
    { ...signedOut, message: secret.reveal() },
  ];
  expect(refused).toHaveLength(5);
});
