import { expect, test } from 'vitest';
import type { CheckView } from '../../../contract/self-test';
import { failure } from '../../base/failure';
import { manualClock } from '../../base/manual-clock';
import { type Check, notNeeded, passed, refused } from './check';
import { runChecks } from './run-checks';

const check = (name: Check['name'], more: Partial<Check> = {}): Check => ({
  name,
  run: () => Promise.resolve(passed()),
  ...more,
});

function start(checks: readonly Check[], controller = new AbortController()) {
  const clock = manualClock();
  const told: string[] = [];
  const word = (view: CheckView) => (view.state === 'done' ? view.outcome.verdict : view.state);
  const ended = runChecks(checks, {
    clock,
    signal: controller.signal,
    changed: (views) => told.push(views.map(word).join(' ')),
  }).then((views) => views.map(word).join(' '));
  return { clock, told, ended, controller };
}

test('checks run one after another, and each step of it is told', async () => {
  const { ended, told } = start([check('network'), check('keychain')]);
  expect(await ended).toBe('pass pass');
  expect(told).toEqual(['running waiting', 'pass waiting', 'pass running', 'pass pass']);
});

test('what needs a check that failed is left out, and so is what needs that; the rest goes on', async () => {
  const { ended } = start([
    check('registry-dns', { run: () => Promise.resolve(refused(failure('NET_DNS'))) }),
    check('registry-tls', { needs: ['registry-dns'] }),
    check('registry-answer', { needs: ['registry-tls'] }),
    check('loopback'),
  ]);
  expect(await ended).toBe('fail left-out left-out pass');
});

test('a check that does not apply keeps nobody from running', async () => {
  const { ended } = start([
    check('registry-dns', { run: () => Promise.resolve(notNeeded()) }),
    check('registry-tls', { needs: ['registry-dns'] }),
  ]);
  expect(await ended).toBe('not-needed pass');
});

test('a check that hangs fails when its time is over, and is told to stop', async () => {
  let stopped = false;
  const hanging = check('discovery', {
    longestMs: 4_000,
    run: (signal) =>
      new Promise(() => {
        signal.addEventListener('abort', () => (stopped = true));
      }),
  });
  const { ended, clock, told } = start([hanging, check('loopback')]);
  await clock.advance(3_999);
  expect(told).toEqual(['running waiting']);
  await clock.advance(1);
  expect(await ended).toBe('fail pass');
  expect(stopped).toBe(true);
  expect(clock.timerCount()).toBe(0);
});

test('a check that throws is a defect, whose words are not repeated', async () => {
  const views = await runChecks([check('proxy', { run: () => Promise.reject(new Error('token=secret')) })], {
    clock: manualClock(),
    signal: new AbortController().signal,
    changed: () => undefined,
  });
  expect(views).toMatchObject([
    { state: 'done', outcome: { verdict: 'fail', problem: { code: 'INTERNAL_ERROR' } } },
  ]);
  expect(JSON.stringify(views)).not.toContain('secret');
});

test('a run that is cancelled ends at once and says what it knew', async () => {
  const { ended, controller } = start([
    check('network'),
    check('discovery', { run: () => new Promise(() => undefined) }),
    check('loopback'),
  ]);
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  expect(await ended).toBe('pass waiting waiting');
});
