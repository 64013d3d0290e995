import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failure } from '../base/failure';
import { type ManualClock, manualClock } from '../base/manual-clock';
import { ProviderQueue } from './provider-queue';
import type { RefreshResult } from './refresh';
import type { RefreshFacts } from './refresh-schedule';
import { RefreshScheduler } from './refresh-scheduler';
import { type SimulatedProvider, simulatedProvider, SimulatedSession } from './testing/simulated-session';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** A computer with the app on it. */
class Office {
  readonly clock: ManualClock = manualClock();
  readonly sessions: SimulatedSession[] = [];
  isOnline = true;
  /** How often the app did anything at all. */
  looks = 0;
  #wake: () => void = () => undefined;
  #changed: () => void = () => undefined;
  readonly scheduler = new RefreshScheduler({
    clock: this.clock,
    surroundings: {
      isOnline: () => this.isOnline,
      onWake: (listener) => {
        this.#wake = listener;
      },
    },
    sessions: {
      refreshable: () => {
        this.looks += 1;
        return this.sessions;
      },
      onChange: (listener) => {
        this.#changed = listener;
        return () => undefined;
      },
    },
  });

  provider(): SimulatedProvider {
    return simulatedProvider(new ProviderQueue(this.clock, Math.random));
  }

  /** A session restored from a record of this age. */
  add(provider: SimulatedProvider, facts: RefreshFacts = { refreshedAt: -hour }): SimulatedSession {
    const session = new SimulatedSession(`s${this.sessions.length}`, this.clock, provider, facts);
    this.sessions.push(session);
    return session;
  }

  /** Somebody uses a session now and then, and it shows, as it does in the app. */
  async useFor(session: SimulatedSession, ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= minute) {
      session.countAsUsed();
      this.#changed();
      await this.clock.advance(Math.min(left, minute));
    }
  }

  /** The computer sleeps; waking is told, or has to be noticed. */
  sleep(ms: number, { told = true } = {}): void {
    this.clock.sleep(ms);
    if (told) this.#wake();
  }
}

const failing = (result: RefreshResult) => () => result;
const unreachable = failing({ kind: 'failed-for-now', failure: failure('NET_DNS') });
const gaps = ({ asked }: SimulatedProvider) => asked.slice(1).map(({ at }, i) => at - (asked[i]?.at ?? 0));

let office: Office;
let provider: SimulatedProvider;
beforeEach(() => {
  office = new Office();
  provider = office.provider();
});
afterEach(() => {
  office.scheduler.stop();
  expect(office.clock.timerCount()).toBeLessThanOrEqual(4);
});

describe('in a working day', () => {
  test('a session in use is refreshed before each expiry, with time to spare, and never more often', async () => {
    const session = office.add(provider).signIn();
    office.scheduler.start();
    await office.useFor(session, hour);
    expect(provider.asked.length).toBeGreaterThanOrEqual(12);
    for (const gap of gaps(provider)) {
      expect(gap).toBeGreaterThanOrEqual(260 * second);
      expect(gap).toBeLessThan(285 * second);
    }
  });

  test('one that nobody uses any more is left alone after an hour, and refreshed once a day from then on', async () => {
    office.add(provider).signIn();
    office.scheduler.start();
    await office.clock.advance(2 * hour);
    const inUse = provider.asked.length;
    expect(provider.asked.at(-1)?.at).toBeLessThan(hour + 5 * minute);
    await office.clock.advance(72 * hour);
    expect(provider.asked).toHaveLength(inUse + 3);
  });

  test('it says when it refreshes next, and then does', async () => {
    const session = office.add(provider).signIn();
    expect(office.scheduler.nextRefreshAt(session.id)).toBeUndefined();
    office.scheduler.start();
    await office.useFor(session, minute);
    const before = provider.asked.length;
    const next = office.scheduler.nextRefreshAt(session.id) ?? 0;
    const wait = next - office.clock.now();
    expect(wait).toBeGreaterThan(minute);
    await office.clock.advance(wait - second);
    expect(provider.asked).toHaveLength(before);
    await office.clock.advance(2 * second);
    expect(provider.asked).toHaveLength(before + 1);
    expect(office.scheduler.nextRefreshAt('gone')).toBeUndefined();
  });

  test('one that comes into use again is refreshed in time again', async () => {
    const session = office.add(provider).signIn();
    office.scheduler.start();
    await office.clock.advance(3 * hour);
    const before = provider.asked.length;
    session.signIn();
    await office.clock.advance(285 * second);
    expect(provider.asked).toHaveLength(before + 1);
  });

  test('at the start only records older than a day are refreshed', async () => {
    office.add(provider, { refreshedAt: -2 * hour });
    const old = office.add(provider, { refreshedAt: -30 * hour });
    office.scheduler.start();
    await office.clock.advance(minute);
    expect(provider.asked.map(({ id }) => id)).toEqual([old.id]);
  });

  test('an idle app rests: a look every five minutes, and one timer for ten thousand sessions', async () => {
    for (let i = 0; i < 10_000; i++) office.add(provider);
    office.scheduler.start();
    await office.clock.advance(minute);
    office.looks = 0;
    expect(office.clock.timerCount()).toBe(1);
    await office.clock.advance(hour);
    expect(office.looks).toBeLessThanOrEqual(12);
    expect(provider.asked).toEqual([]);
  });

  test('after stopping nothing begins', async () => {
    office.add(provider).signIn();
    office.scheduler.start();
    office.scheduler.stop();
    await office.clock.advance(hour);
    expect(provider.asked).toEqual([]);
  });
});

describe('a thousand sessions that expire together', () => {
  test('are refreshed four at a time at each issuer, each once, all before they expire', async () => {
    const other = office.provider();
    for (let i = 0; i < 500; i++) {
      office.add(provider).signIn();
      office.add(other).signIn();
    }
    office.scheduler.start();
    await office.clock.advance(300 * second);
    for (const one of [provider, other]) {
      expect(one.mostAtOnce).toBe(4);
      expect(one.asked).toHaveLength(500);
      expect(new Set(one.asked.map(({ id }) => id)).size).toBe(500);
      expect(one.asked.at(-1)?.at).toBeLessThan(300 * second);
      // Jitter: they do not all begin in one second.
      expect((one.asked.at(-1)?.at ?? 0) - (one.asked[0]?.at ?? 0)).toBeGreaterThan(10 * second);
    }
  });

  test('are not all sent to a provider in trouble: the first four tell', async () => {
    provider.answer = unreachable;
    for (let i = 0; i < 1_000; i++) office.add(provider, { refreshedAt: -30 * hour });
    office.scheduler.start();
    await office.clock.advance(30 * second);
    expect(provider.asked.length).toBeLessThanOrEqual(4);
    await office.clock.advance(hour);
    expect(provider.asked.length).toBeLessThan(4 * 20);
  });
});

describe('sleep', () => {
  test.each([
    { told: true, within: 20 * second },
    { told: false, within: 4 * minute },
  ])(
    'across the expiry is one refresh of what was in use before, within $within ms (told of it: $told)',
    async ({ told, within }) => {
      const session = office.add(provider).signIn();
      office.add(provider);
      office.scheduler.start();
      await office.useFor(session, 2 * minute);
      office.sleep(8 * hour, { told });
      await office.clock.advance(within);
      expect(provider.asked.map(({ id }) => id)).toEqual([session.id]);
    },
  );

  test('ends with a moment of rest, another one on every computer', async () => {
    const begins = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const one = new Office();
        const itsProvider = one.provider();
        one.add(itsProvider).signIn();
        one.scheduler.start();
        await one.clock.advance(minute);
        one.sleep(hour);
        const wokeAt = one.clock.monotonic();
        await one.clock.advance(20 * second);
        return (itsProvider.asked[0]?.at ?? 0) - wokeAt;
      }),
    );
    for (const begin of begins) {
      expect(begin).toBeGreaterThanOrEqual(second);
      expect(begin).toBeLessThan(16 * second);
    }
    expect(new Set(begins.map(Math.floor)).size).toBeGreaterThan(1);
  });

  test('of less than the time left needs no refresh', async () => {
    office.add(provider).signIn();
    office.scheduler.start();
    await office.clock.advance(minute);
    office.sleep(minute);
    await office.clock.advance(minute);
    expect(provider.asked).toEqual([]);
  });

  test('of days refreshes a session that is due for its daily round, too', async () => {
    office.add(provider);
    office.scheduler.start();
    await office.clock.advance(minute);
    office.sleep(30 * hour);
    await office.clock.advance(minute);
    expect(provider.asked).toHaveLength(1);
  });
});

describe('a wall clock that jumps', () => {
  test.each([
    ['a day ahead', 24 * hour],
    ['a day back', -24 * hour],
    ['ten years ahead', 87_600 * hour],
    ['to 1970', -1_700_000_000_000],
  ])('%s changes nothing', async (_name, ms) => {
    const session = office.add(provider).signIn();
    office.add(provider);
    office.scheduler.start();
    await office.useFor(session, minute);
    office.clock.jump(ms);
    await office.useFor(session, 3 * minute);
    expect(provider.asked).toEqual([]);
    await office.useFor(session, minute);
    expect(provider.asked).toHaveLength(1);
  });
});

describe('without a network', () => {
  test('nothing is tried at the start, and what is due is refreshed soon after it returns', async () => {
    office.isOnline = false;
    office.add(provider, { refreshedAt: -30 * hour });
    office.scheduler.start();
    await office.clock.advance(4 * minute);
    expect(provider.asked).toEqual([]);
    office.isOnline = true;
    await office.clock.advance(20 * second);
    expect(provider.asked).toHaveLength(1);
  });

  test('that is only believed to be missing, sessions are refreshed all the same, a little later', async () => {
    office.isOnline = false;
    const session = office.add(provider).signIn();
    office.scheduler.start();
    await office.useFor(session, hour);
    expect(provider.asked.length).toBeGreaterThanOrEqual(10);
  });

  test('that is only believed to be there, tries become rare, and its return is found by one of them', async () => {
    provider.answer = unreachable;
    const session = office.add(provider, { refreshedAt: -hour });
    office.scheduler.start();
    await office.useFor(session, 2 * hour);
    expect(provider.asked.length).toBeLessThan(20);
    provider.answer = simulatedProvider(provider.queue).answer;
    await office.useFor(session, 25 * minute);
    expect(session.refreshFacts.access).toBeDefined();
  });
});

describe('a provider that says odd things', () => {
  test.each([0, 0.001, 1, 9, 10, 20, 59])(
    'lifetimes of %d s are no more than one refresh in 30 s',
    async (lifetime) => {
      provider.lifetimeSeconds = lifetime;
      provider.answersAfterMs = 0;
      const session = office.add(provider).signIn();
      office.scheduler.start();
      await office.useFor(session, 10 * minute);
      expect(provider.asked.length).toBeGreaterThan(5);
      for (const gap of gaps(provider)) expect(gap).toBeGreaterThanOrEqual(30 * second);
    },
  );

  test('one that wants to be asked later is left alone for that long, for all its sessions', async () => {
    provider.answer = failing({
      kind: 'failed-for-now',
      failure: failure('IDP_RATE_LIMITED'),
      retryAfterMs: 120_000,
    });
    for (let i = 0; i < 100; i++) office.add(provider, { refreshedAt: -30 * hour });
    office.scheduler.start();
    await office.clock.advance(2 * minute);
    expect(provider.asked.length).toBeLessThanOrEqual(4);
  });

  test('one that refuses for good is not asked again before the next day', async () => {
    provider.answer = failing({ kind: 'unusable', failure: failure('CLIENT_REJECTED') });
    const session = office.add(provider, { refreshedAt: -hour });
    office.scheduler.start();
    await office.useFor(session, 20 * hour);
    expect(provider.asked).toHaveLength(1);
  });

  test('whatever goes wrong, the app looks at most once a second', async () => {
    provider.answer = unreachable;
    provider.answersAfterMs = 0;
    for (let i = 0; i < 50; i++) office.add(provider, { refreshedAt: -Infinity });
    office.scheduler.start();
    office.looks = 0;
    await office.clock.advance(hour);
    expect(office.looks).toBeLessThanOrEqual(3_600);
  });
});

describe('a locked keychain', () => {
  const locked = failing({ kind: 'failed-for-now', failure: failure('STORE_LOCKED') });

  test('is asked for once an hour at most, as it may ask the person', async () => {
    provider.answer = locked;
    const session = office.add(provider, { refreshedAt: -hour });
    office.scheduler.start();
    await office.useFor(session, 3 * hour);
    expect(provider.asked.length).toBeLessThanOrEqual(3);
  });

  test('that was opened is used at once', async () => {
    provider.answer = locked;
    office.add(provider, { refreshedAt: -30 * hour });
    office.scheduler.start();
    await office.clock.advance(minute);
    expect(provider.asked).toHaveLength(1);
    office.scheduler.keychainOpened();
    await office.clock.advance(20 * second);
    expect(provider.asked).toHaveLength(2);
  });
});
