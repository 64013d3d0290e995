import { beforeEach, expect, test } from 'vitest';
import { failure } from '../base/failure';
import { type ManualClock, manualClock } from '../base/manual-clock';
import { SessionNotices } from './session-notices';

const ended = { type: 'ended', failure: failure('SESSION_ENDED') } as const;
const soon = 2_000;

let clock: ManualClock;
let told: (readonly string[])[];
let isWanted: boolean;
let isWatched: boolean;
let notices: SessionNotices;

beforeEach(() => {
  clock = manualClock();
  told = [];
  isWanted = true;
  isWatched = false;
  notices = new SessionNotices({
    clock,
    isWanted: () => isWanted,
    isWatched: () => isWatched,
    tell: (ids) => told.push(ids),
  });
});

test('an ended session is told once', async () => {
  notices.note('acme', ended);
  await clock.advance(soon);
  notices.note('acme', { type: 'refresh-failed', failure: failure('NET_OFFLINE') });
  await clock.advance(60_000);
  expect(told).toEqual([['acme']]);
});

test('a second end of the same session is told again', async () => {
  notices.note('acme', ended);
  await clock.advance(soon);
  notices.note('acme', { type: 'sign-in-succeeded', held: {}, expiresAt: 0 });
  notices.note('acme', ended);
  await clock.advance(soon);
  expect(told).toEqual([['acme'], ['acme']]);
});

test('sessions that end together are told together', async () => {
  notices.note('acme', ended);
  await clock.advance(soon - 1);
  notices.note('beta', ended);
  notices.note('acme', ended);
  await clock.advance(1);
  expect(told).toEqual([['acme', 'beta']]);
});

test.each(['sign-in-succeeded', 'signed-out'] as const)(
  'nothing is told of an end that is over: %s',
  async (type) => {
    notices.note('acme', ended);
    notices.note('acme', type === 'signed-out' ? { type } : { type, held: {}, expiresAt: 0 });
    await clock.advance(soon);
    expect(told).toEqual([]);
  },
);

test('nothing is told of an end that an earlier run of the app found', async () => {
  notices.note('acme', { type: 'restored-ended', failure: failure('SESSION_ENDED') });
  await clock.advance(soon);
  expect(told).toEqual([]);
});

test('nothing is told where nobody wants it, or to somebody who looks at the window; later neither', async () => {
  isWanted = false;
  notices.note('acme', ended);
  await clock.advance(soon);
  isWanted = true;
  isWatched = true;
  notices.note('beta', ended);
  await clock.advance(soon);
  isWatched = false;
  await clock.advance(60_000);
  expect(told).toEqual([]);
});

test('a closing app tells nothing any more', async () => {
  notices.note('acme', ended);
  notices.note('beta', ended);
  notices.close();
  expect(clock.timerCount()).toBe(0);
  await clock.advance(soon);
  expect(told).toEqual([]);
});
