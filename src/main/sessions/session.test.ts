import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { type Desk, openDesk } from './testing/desk';

let provider: MisbehavingProvider;
let desk: Desk;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
  desk = await openDesk({ issuer: provider.issuer });
});
afterEach(() => provider.close());

const events = () => {
  const seen: string[] = [];
  desk.sessions.onChange((_id, { type }) => seen.push(type));
  return seen;
};

test('a double click joins the sign-in that runs', async () => {
  const link = await desk.startSignIn('acme');
  desk.sessions.signIn('acme', 'default');
  desk.sessions.signIn('acme', 'another');
  expect(desk.opened).toEqual([link]);
  desk.sessions.cancelSignIn('acme');
});

test('Cancel without a sign-in, and more time for one that is over, say and change nothing', async () => {
  await desk.signIn('acme');
  const before = desk.sessions.state('acme');
  const seen = events();
  desk.sessions.cancelSignIn('acme');
  desk.sessions.extendSignIn('acme');
  expect([desk.sessions.state('acme'), seen]).toEqual([before, []]);
});

test('more time is told with the step and the deadline', async () => {
  await desk.startSignIn('acme');
  await desk.until('acme', 'signing-in');
  const before = desk.sessions.state('acme');
  desk.sessions.extendSignIn('acme');
  const after = desk.sessions.state('acme');
  if (before?.kind !== 'signing-in' || after?.kind !== 'signing-in') throw new Error('not signing in');
  expect(after.flow.deadline - before.flow.deadline).toBeGreaterThan(119_000);
  expect(after.flow.step).toBe(before.flow.step);
  desk.sessions.cancelSignIn('acme');
});

test('the keychain that opens is news only where something was wrong for want of it', async () => {
  await desk.signIn('acme');
  const seen = events();
  desk.sessions.keychainOpened();
  desk.sessions.storageChanged();
  expect(seen).toEqual([]);
});

test('after closing nothing is served, and the record is there for the next start', async () => {
  await desk.signIn('acme');
  await desk.sessions.close();
  expect(desk.sessions.accessFacts('acme')).toBeUndefined();
  expect((await desk.restart()).sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
});
