import { expect, test } from 'vitest';
import { failure, success } from '../base/failure';
import { computerFacts } from './computer-facts';

test('versions, the profile and the key source are told, with why there is none', async () => {
  const facts = await computerFacts({
    version: '1.2.3',
    profileFolder: '/profile',
    startedAt: 5,
    vault: {
      keySource: () => ({ kind: 'memory', reason: failure('STORE_LOCKED', {}, 'text of others') }),
      list: () => Promise.resolve([]),
      listSetAside: () => Promise.resolve(success([{ at: 7, kind: 'data-key' }])),
    },
  });
  expect(facts).toMatchObject({
    version: '1.2.3',
    profileFolder: '/profile',
    startedAt: 5,
    keySource: { kind: 'memory', code: 'STORE_LOCKED' },
    keptSignIns: [],
    setAside: [{ at: 7, kind: 'data-key' }],
  });
  expect(facts.parts).toContainEqual({ name: 'node', version: process.versions.node });
  expect(JSON.stringify(facts)).not.toContain('text of others');
});
