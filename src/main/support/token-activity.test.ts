import { expect, test } from 'vitest';
import { failure } from '../base/failure';
import type { SessionState } from '../sessions';
import { tokenActivity } from './token-activity';

test.each<[SessionState | undefined, object]>([
  [
    { kind: 'signed-in', held: {} },
    { level: 'info', kind: 'usable' },
  ],
  [{ kind: 'signed-out' }, { level: 'info', kind: 'signed-out' }],
  [undefined, { level: 'info', kind: 'signed-out' }],
  [
    { kind: 'error', failure: failure('TOKEN_REFUSED', { place: '/run/secrets/canary' }) },
    { level: 'warn', kind: 'unusable', code: 'TOKEN_REFUSED' },
  ],
])('%j', (state, told) => {
  expect(tokenActivity('acme', state)).toEqual({ name: 'session-changed', registryId: 'acme', ...told });
});
