import { beforeEach, describe, expect, test } from 'vitest';
import { failure, success } from '../base/failure';
import { Secret } from '../base/secret';
import type { TokenSet } from '../identity';
import { clientOf } from '../identity/testing/client';
import { testProfile, type TestProfile } from '../vault/testing/test-vault';
import { SessionCore } from './session-core';
import type { SessionEvent } from './state';

const client = clientOf('https://login.acme.example');
const tokens: TokenSet = { accessToken: new Secret('access'), expiresInSeconds: 300, missingScopes: [] };

let profile: TestProfile;
let core: SessionCore;
let events: string[];
let revoked: string[];
let isGrantHeld: boolean;
beforeEach(async () => {
  profile = testProfile();
  events = [];
  revoked = [];
  isGrantHeld = false;
  core = new SessionCore('https://acme.example', client, {
    vault: await profile.open(),
    clock: profile.clock,
    isGrantHeld: () => isGrantHeld,
    changed: ({ type }: SessionEvent) => events.push(type),
    identity: {
      revoke: (_client, token) => {
        revoked.push(token.reveal());
        return Promise.resolve(success('revoked'));
      },
    },
  });
});

test('every event is told, with the state already changed', () => {
  expect(core.state).toEqual({ kind: 'signed-out' });
  core.publish(tokens, { account: 'alice' }, 'sign-in-succeeded');
  expect(core.state).toMatchObject({ kind: 'signed-in', held: { account: 'alice' } });
  expect([events, core.isRefreshable, core.refreshedAt]).toEqual([
    ['sign-in-succeeded'],
    true,
    profile.clock.monotonic(),
  ]);
});

test('a session that nothing can renew ends with its access token', async () => {
  core.publish(tokens, { notRemembered: failure('NO_REFRESH_TOKEN') }, 'sign-in-succeeded');
  expect(core.isRefreshable).toBe(false);
  await profile.clock.advance(299_999);
  expect(core.state.kind).toBe('signed-in');
  await profile.clock.advance(1);
  expect(core.state).toMatchObject({ kind: 'expired', failure: { code: 'NO_REFRESH_TOKEN' } });
  expect(core.access.times()).toBeUndefined();
});

describe('a token that nobody will use', () => {
  const late = new Secret('late-token');

  test('is revoked', () => {
    core.giveBack(late);
    expect(revoked).toEqual(['late-token']);
  });

  test('is only forgotten while a session of the same grant is held, here or next door', () => {
    isGrantHeld = true;
    core.giveBack(late);
    isGrantHeld = false;
    core.publish(tokens, {}, 'sign-in-succeeded');
    core.giveBack(late);
    expect(revoked).toEqual([]);
  });
});

test('a new generation makes what was begun before it the past', () => {
  const { generation } = core;
  core.beginGeneration();
  expect(core.generation).not.toBe(generation);
});
