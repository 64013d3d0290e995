import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import { type CrashProfile, crashProfile } from './testing/crash-profile';
import { type KillPoint, killPoints, narrowPoints } from './testing/kill-points';
import { ageLock, killRivals, startRival } from './testing/rivals';

vi.setConfig({ testTimeout: 120_000 });

let provider: IdentityProvider;
let profile: CrashProfile;
beforeEach(async () => {
  provider = await startIdentityProvider({
    name: 'Acme',
    rotation: 'strict',
    clients: [{ clientId: 'gatepass', redirectUris: ['http://127.0.0.1/callback'] }],
  });
  profile = await crashProfile(provider.issuer);
});
afterEach(async () => {
  killRivals();
  await provider.close();
});

const start = (sleepPoint?: KillPoint) => startRival(profile.root, provider.issuer, sleepPoint);
const refreshTokens = () =>
  provider.issued.filter(({ kind }) => kind === 'refresh_token').map(({ value }) => value);
const mostPresented = () => Math.max(...refreshTokens().map((token) => provider.timesPresented(token)));

describe('of five processes that start at once', () => {
  const race = async (root: string) => {
    const rivals = await Promise.all(Array.from({ length: 5 }, () => startRival(root, provider.issuer)));
    for (const rival of rivals) rival.refresh();
    const words = await Promise.all(rivals.map(({ says }) => says()));
    return { rivals, words, winner: rivals[words.indexOf('held')] ?? expect.unreachable(words.join()) };
  };
  const oneOfFive = ['STORE_CONTENDED', 'STORE_CONTENDED', 'STORE_CONTENDED', 'STORE_CONTENDED', 'held'];

  test('on an empty profile, exactly one gets it; the others say why not and leave', async () => {
    const { rivals, words } = await race(mkdtempSync(join(tmpdir(), 'gatepass-empty-')));
    expect(words.sort()).toEqual(oneOfFive);
    await Promise.all(rivals.map(({ leave }) => leave()));
    expect(provider.requests).toEqual([]);
  });

  test('all wanting to refresh one session, one does: never two at a time, no token twice, nobody signed out', async () => {
    await profile.signIn();
    for (let time = 1; time <= 2; time += 1) {
      const { rivals, words, winner } = await race(profile.root);
      expect(words.sort()).toEqual(oneOfFive);
      winner.refresh();
      expect([await winner.says(), await winner.says()]).toEqual(['ok', 'ok']);
      await Promise.all(rivals.map(({ leave }) => leave()));
      expect(provider.counts.token.refresh_token).toBe(2 * time);
    }
    expect(provider.mostTokenRequestsAtOnce).toBe(1);
    expect(mostPresented()).toBe(1);
  });
});

describe('a process that falls asleep in the middle of a refresh, while another takes the profile and refreshes', () => {
  /** After the last question whether the profile is still ours: what leaves then cannot be called back. */
  const tooLate: readonly KillPoint[] = ['before-send'];
  const endsOfNarrow = ['answer-received', 'commit-before-rename'] as const;
  const harmless = killPoints.filter((point) => ![...narrowPoints, ...tooLate].includes(point));

  const overtaken = async (point: KillPoint) => {
    const sleeper = await start(point);
    expect(await sleeper.says()).toBe('held');
    sleeper.refresh();
    expect(await sleeper.says()).toBe('asleep');
    ageLock(profile.root);
    const other = await start();
    expect(await other.says()).toBe('held');
    other.refresh();
    const outcome = await other.says();
    const files = profile.files();
    sleeper.wake();
    await sleeper.says();
    await sleeper.leave();
    expect(profile.files()).toEqual(files);
    return { other, outcome };
  };

  test.each(harmless)(
    'at %s: it sends and writes nothing on waking, and nobody is signed out',
    async (point) => {
      await profile.signIn();
      const { other, outcome } = await overtaken(point);
      other.refresh();
      expect([outcome, await other.says()]).toEqual(['ok', 'ok']);
      await other.leave();
      expect(mostPresented()).toBe(1);
    },
  );

  test.each(endsOfNarrow)(
    'at %s: as after a kill there, the other one finds out what became of the token, and only it writes',
    async (point) => {
      await profile.signIn();
      const { other, outcome } = await overtaken(point);
      await other.leave();
      expect(outcome).toBe('SESSION_INTERRUPTED');
      expect(mostPresented()).toBe(2);
    },
  );
});
