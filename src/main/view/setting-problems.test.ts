import { expect, test } from 'vitest';
import { failure } from '../base/failure';
import { SettingProblems } from './setting-problems';

const setting = {
  value: true,
  source: 'policy-enforced',
  location: '/etc/gatepass/policy.yaml',
  line: 4,
  locked: true,
} as const;

test('what keeps a setting from its effect is listed with the place of the setting, until it is over', () => {
  let changes = 0;
  const problems = new SettingProblems(() => (changes += 1));
  problems.tell('launch_at_login', setting, undefined);
  expect(changes).toBe(0);

  problems.tell('launch_at_login', setting, failure('LAUNCH_AT_LOGIN_FAILED', { reason: 'EACCES' }));
  expect(problems.all()).toEqual([
    {
      code: 'LAUNCH_AT_LOGIN_FAILED',
      params: { field: 'launch_at_login', reason: 'EACCES' },
      location: '/etc/gatepass/policy.yaml',
      line: 4,
    },
  ]);
  problems.tell('launch_at_login', setting, undefined);
  expect(problems.all()).toEqual([]);
  expect(changes).toBe(2);
});
