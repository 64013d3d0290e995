import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { success } from '../base/failure';
import { limitsOf } from './limits';
import { type Desk, openDesk } from './testing/desk';

let provider: MisbehavingProvider;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
});
afterEach(() => provider.close());

const openWithScopes = (): Promise<Desk> =>
  openDesk({
    issuer: provider.issuer,
    client: { scopes: ['openid', 'offline_access', 'api.read', 'api.write'] },
  });
const limitsAt = ({ sessions }: Desk): unknown => {
  const state = sessions.state('acme');
  return state?.kind === 'signed-in' ? state.held.limits : state?.kind;
};
const force = { force: true };

describe('a scope that was not granted', () => {
  const missing = () => [{ code: 'SCOPE_MISSING', params: { issuer: provider.issuer, scope: 'api.write' } }];
  const narrower = { scope: 'openid api.read' };

  test('keeps the session, marked limited, through a registry that answers, a refresh without scope and a restart', async () => {
    const desk = await openWithScopes();
    provider.behaviour.tokenResponse = narrower;
    await desk.signIn('acme');
    expect(limitsAt(desk)).toEqual(missing());

    desk.sessions.judge('acme', success(undefined));
    expect(limitsAt(desk)).toEqual(missing());

    provider.behaviour.tokenResponse = { scope: undefined };
    expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);
    expect(limitsAt(desk)).toEqual(missing());

    expect(limitsAt(await desk.restart())).toEqual(missing());
  });

  test('is over once a refresh grants it, and noticed when a refresh takes it away', async () => {
    const desk = await openWithScopes();
    provider.behaviour.tokenResponse = narrower;
    await desk.signIn('acme');
    provider.behaviour.tokenResponse = {};
    await desk.sessions.accessToken('acme', force);
    expect(limitsAt(desk)).toBeUndefined();
    provider.behaviour.tokenResponse = narrower;
    await desk.sessions.accessToken('acme', force);
    expect(limitsAt(desk)).toEqual(missing());
  });
});

test.each([
  ['ten minutes behind', 600_000],
  ['ten minutes ahead', -600_000],
  ['a day behind', 86_400_000],
  ['a day ahead', -86_400_000],
])('a computer whose clock is %s signs in, and is told about its clock', async (_name, clockAheadMs) => {
  provider.behaviour.clockAheadMs = clockAheadMs;
  const desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  expect(limitsAt(desk)).toMatchObject([{ code: 'CLOCK_SKEW' }]);
  expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);

  provider.behaviour.clockAheadMs = 0;
  await desk.sessions.accessToken('acme', force);
  expect(limitsAt(desk)).toBeUndefined();
});

test('the clock is named in seconds, without a sign', () => {
  expect(limitsOf({ missingScopes: [], clockSkewSeconds: -601 }, { issuer: 'https://id.example' })).toEqual([
    { code: 'CLOCK_SKEW', params: { seconds: 601 } },
  ]);
});
