import { expect, test } from 'vitest';
import { failure } from '../base/failure';
import type { SessionState } from '../sessions';
import { signInSummary } from './sign-in-summary';

const held = {};
const states: readonly (SessionState | undefined)[] = [
  undefined,
  { kind: 'signed-in', held },
  { kind: 'refreshing', held },
  { kind: 'expired', failure: failure('SESSION_ENDED') },
  { kind: 'error', failure: failure('CLIENT_REJECTED') },
  { kind: 'blocked', failure: failure('CFG_INVALID') },
  { kind: 'signed-out' },
];

test('registries are counted by what their badge says, what deserves a look first', () => {
  expect([...signInSummary(states)]).toEqual([
    ['needs-attention', 2],
    ['expired', 1],
    ['signed-out', 1],
    ['signed-in', 2],
    ['no-sign-in-needed', 1],
  ]);
});

test('without a registry there is nothing to tell', () => {
  expect(signInSummary([]).size).toBe(0);
});
