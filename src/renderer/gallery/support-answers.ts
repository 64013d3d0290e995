import type { ActivityEntry } from '../../contract/activity';
import type { RegistryFacts } from '../../contract/support-view';
import { someRegistryFacts } from '../testing/support-views';

const issuer = 'https://login.acme.example/realms/main';

/** Everything there is to know of a session in use; times count from `now`, milliseconds since the epoch. */
export const signedInFacts = (now: number): RegistryFacts =>
  someRegistryFacts({
    state: 'signed-in',
    discovered: {
      issuer,
      endpoints: [
        { name: 'authorization_endpoint', url: `${issuer}/protocol/openid-connect/auth` },
        { name: 'token_endpoint', url: `${issuer}/protocol/openid-connect/token` },
      ],
      namesItselfInAnswers: true,
      clockAheadSeconds: 2,
    },
    scopesGranted: 'openid offline_access',
    refreshToken: { kind: 'present', length: '512–4095', kept: 'sealed' },
    accessToken: { kind: 'present', length: '512–4095', kept: 'memory' },
    times: {
      signedInAt: now - 5 * 3_600_000,
      refreshedAt: now - 240_000,
      nextRefreshAt: now + 20_000,
      accessUntil: now + 60_000,
      lastUsedAt: now - 30_000,
    },
    counters: { signIns: 1, refreshes: 61, failures: 0 },
  });

/** A morning with a sign-in that nobody finished. */
export const activity = (now: number): readonly ActivityEntry[] =>
  (
    [
      { name: 'app-started' },
      { name: 'key-source', kind: 'keychain' },
      { name: 'session-changed', kind: 'restored', registryId: 'acme' },
      { name: 'session-changed', kind: 'opening-browser', registryId: 'hooli', correlationId: '5f0a91c2' },
      {
        name: 'session-changed',
        kind: 'waiting-for-browser',
        registryId: 'hooli',
        correlationId: '5f0a91c2',
      },
      {
        name: 'session-changed',
        kind: 'refresh-succeeded',
        registryId: 'acme',
        durationMs: 212,
        level: 'debug',
      },
      { name: 'registry-checked', kind: 'answers', registryId: 'acme', durationMs: 148 },
      {
        name: 'session-changed',
        kind: 'sign-in-failed',
        registryId: 'hooli',
        code: 'LOGIN_TIMEOUT',
        level: 'warn',
        durationMs: 120_004,
        correlationId: '5f0a91c2',
      },
      {
        name: 'session-changed',
        kind: 'ended',
        registryId: 'umbrella',
        code: 'SESSION_ENDED',
        level: 'warn',
      },
    ] satisfies readonly Partial<ActivityEntry>[]
  ).map((entry, index) => ({ level: 'info', ...entry, seq: index + 1, at: now - (9 - index) * 61_000 }));
