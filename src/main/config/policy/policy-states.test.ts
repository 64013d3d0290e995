import { expect, test } from 'vitest';
import { failure } from '../../base/failure';
import type { PolicyReading, PolicySource } from './policy-source';
import { policyStates } from './policy-states';
import { yamlPolicy } from './yaml-policy';

const policy = (location: string, reading: PolicyReading): PolicySource => ({
  location,
  interpret: (content) => yamlPolicy(content, location),
  read: () => Promise.resolve(reading),
  watch: () => () => undefined,
});
const content = (text: string): PolicyReading => ({ kind: 'read', content: Buffer.from(text) });

test('each place says whether a policy is there, in force, or refused and why', async () => {
  const untrusted = failure('CFG_POLICY_UNTRUSTED', { reason: 'owner' });
  expect(
    await policyStates([
      policy('none', { kind: 'absent' }),
      policy('good', content('enforced: { settings: { theme: dark } }')),
      policy('planted', { kind: 'untrusted', failure: untrusted }),
      policy('broken', content('enforced: [')),
    ]),
  ).toMatchObject([
    { location: 'none', kind: 'absent' },
    { location: 'good', kind: 'in-force' },
    { location: 'planted', kind: 'refused', failure: untrusted },
    { location: 'broken', kind: 'refused', failure: { code: 'CFG_INVALID' } },
  ]);
});
