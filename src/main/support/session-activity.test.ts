import { expect, test } from 'vitest';
import { failure } from '../base/failure';
import { sessionActivity } from './session-activity';

test('a flow is worth a line, a silent refresh is not', () => {
  expect(sessionActivity('acme', { type: 'sign-in-cancelled' }).level).toBe('info');
  expect(sessionActivity('acme', { type: 'refresh-started' }).level).toBe('debug');
});

test('of a failure the log gets the code and nothing else', () => {
  const event = {
    type: 'sign-in-failed',
    failure: failure('LOGIN_DENIED', { name: 'x' }, 'text of a provider'),
  } as const;
  expect(sessionActivity('acme', event)).toEqual({
    level: 'warn',
    name: 'session-changed',
    registryId: 'acme',
    kind: 'sign-in-failed',
    code: 'LOGIN_DENIED',
  });
});
