import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { testProfile } from '../vault/testing/test-vault';
import { openDesk } from './testing/desk';

let provider: MisbehavingProvider;
beforeEach(async () => {
  provider = await startMisbehavingProvider({});
});
afterEach(() => provider.close());

test.each(['holdRequests', 'holdAnswers'] as const)(
  'quitting does not wait for a revocation (%s), its answer stores nothing, and the next start is signed out',
  async (hold) => {
    const profile = testProfile();
    const records = () => readdirSync(join(profile.folder, 'sessions'));
    const desk = await openDesk({ issuer: provider.issuer, profile });
    await desk.signIn('acme');
    expect(records()).toHaveLength(1);
    const revocation = provider.revocation[hold]();
    expect(await desk.sessions.signOut('acme')).toMatchObject({ ok: true });
    await revocation.arrived;
    const startedAt = performance.now();
    const again = await desk.restart();
    // A revocation ends by itself after 5 s.
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    revocation.release();
    expect(again.sessions.state('acme')).toEqual({ kind: 'signed-out' });
    expect([records(), await again.vault.list()]).toEqual([[], []]);
    expect(await again.sessions.accessToken('acme')).toMatchObject({
      failure: { code: 'REGISTRY_AUTH_REQUIRED' },
    });
    expect(provider.token.count).toBe(1);
    const third = await again.restart();
    expect(third.sessions.state('acme')).toEqual({ kind: 'signed-out' });
  },
);
