import { expect, test } from 'vitest';
import { failure } from '../base/failure';
import { manualClock } from '../base/manual-clock';
import { SessionHistory } from './session-history';

test('successes and failures are counted per registry, and the last failure keeps its code and time', async () => {
  const clock = manualClock();
  const history = new SessionHistory(clock);
  history.note('acme', { type: 'sign-in-succeeded', held: {}, expiresAt: 0 });
  history.note('acme', { type: 'refresh-succeeded', held: {}, expiresAt: 0 });
  history.note('acme', { type: 'refresh-failed', failure: failure('NET_DNS') });
  await clock.advance(1000);
  history.note('acme', { type: 'ended', failure: failure('SESSION_ENDED') });
  const failedAt = clock.now();
  await clock.advance(1000);
  history.note('acme', { type: 'refresh-started' });
  expect(history.of('acme')).toEqual({
    counters: { signIns: 1, refreshes: 1, failures: 2 },
    lastError: { code: 'SESSION_ENDED', at: failedAt },
  });
  expect(history.of('globex')).toEqual({ counters: { signIns: 0, refreshes: 0, failures: 0 } });
});

test('what an earlier run left behind is not counted as a failure of this one', () => {
  const history = new SessionHistory(manualClock());
  history.note('acme', { type: 'restored-ended', failure: failure('SESSION_ENDED') });
  expect(history.of('acme')).toEqual({ counters: { signIns: 0, refreshes: 0, failures: 0 } });
});
