import { expect, test } from 'vitest';
import { failure } from '../../base/failure';
import { checkFiles, checkGateway, checkNetwork, checkPolicies } from './computer-plan';

const loopback = { address: '127.0.0.1', internal: true };
const outside = { address: '192.0.2.7', internal: false };

test('a computer with nothing but itself is offline', () => {
  expect(checkNetwork({ lo: [loopback] })).toMatchObject({
    verdict: 'fail',
    problem: { code: 'NET_OFFLINE' },
  });
  expect(checkNetwork({ lo: [loopback], eth0: [outside] })).toEqual({
    verdict: 'pass',
    facts: [{ name: 'address', value: '192.0.2.7' }],
  });
});

test('every problem of the files is listed with its place, the first decides what to do', () => {
  expect(checkFiles({ problems: [] })).toEqual({ verdict: 'pass' });
  const problems = [
    { ...failure('CFG_UNKNOWN_KEY', { field: 'them' }), location: 'config.yaml', line: 3 },
    { ...failure('CFG_INVALID'), location: 'policy.yaml' },
  ];
  expect(checkFiles({ problems })).toMatchObject({
    verdict: 'fail',
    tried: 'config.yaml',
    problem: { code: 'CFG_UNKNOWN_KEY' },
    facts: [{ value: 'CFG_UNKNOWN_KEY config.yaml:3' }, { value: 'CFG_INVALID policy.yaml' }],
  });
});

test('a policy that is there and not used fails with its reason, beside those in force and absent', () => {
  const states = [
    { location: 'a', kind: 'absent' },
    { location: 'b', kind: 'in-force' },
  ] as const;
  expect(checkPolicies(states)).toMatchObject({
    verdict: 'pass',
    facts: [
      { name: 'policy-absent', value: 'a' },
      { name: 'policy-in-force', value: 'b' },
    ],
  });
  const bad = failure('CFG_POLICY_UNTRUSTED', { reason: 'owner' });
  expect(checkPolicies([...states, { location: 'c', kind: 'refused', failure: bad }])).toMatchObject({
    verdict: 'fail',
    tried: 'c',
    problem: bad,
  });
});

test('a gateway that is wanted and not there is warned of', () => {
  expect(checkGateway({ kind: 'off' }).verdict).toBe('not-needed');
  expect(checkGateway({ kind: 'on', url: 'http://127.0.0.1:1', file: 'gateway.json' }).verdict).toBe('pass');
  expect(checkGateway({ kind: 'failed', problem: failure('GATEWAY_PORT_UNAVAILABLE') }).verdict).toBe('warn');
});
