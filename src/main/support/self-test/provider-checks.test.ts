import { afterEach, expect, test } from 'vitest';
import {
  type MisbehavingProvider,
  type MisbehavingProviderOptions,
  startMisbehavingProvider,
} from '../../../../e2e/servers/misbehaving-provider';
import { systemClock } from '../../base/clock';
import { discover } from '../../identity';
import { clientOf, directNetwork } from '../../identity/testing/client';
import { clockOutcome, discoveryOutcome, issuerOutcome, pkceOutcome } from './provider-checks';

let provider: MisbehavingProvider;
afterEach(() => provider.close());

async function found(options: MisbehavingProviderOptions = {}, path = '') {
  provider = await startMisbehavingProvider(options);
  const client = clientOf(provider.issuer + path);
  return [
    await discover({ network: directNetwork(), clock: systemClock }, client, { tries: 1 }),
    client,
  ] as const;
}

test('a good provider passes all of them', async () => {
  const [discovered, client] = await found();
  expect(discoveryOutcome(discovered, client)).toMatchObject({ verdict: 'pass', tried: provider.issuer });
  expect(issuerOutcome(discovered, client)).toMatchObject({ verdict: 'pass' });
  expect(pkceOutcome(discovered)).toEqual({ verdict: 'pass' });
  expect(clockOutcome(discovered)).toMatchObject({ verdict: 'pass' });
});

test('another name than the configured one fails where names are compared, with both', async () => {
  const [discovered, client] = await found({ behaviour: { metadata: { issuer: 'https://other.example' } } });
  expect(discoveryOutcome(discovered, client).verdict).toBe('pass');
  expect(issuerOutcome(discovered, client)).toMatchObject({
    verdict: 'fail',
    problem: { code: 'DISC_ISSUER_MISMATCH' },
    facts: [{ value: provider.issuer }, { value: 'https://other.example' }],
  });
});

test('missing PKCE fails where it is asked for', async () => {
  const [discovered, client] = await found({
    behaviour: { metadata: { code_challenge_methods_supported: ['plain'] } },
  });
  expect(issuerOutcome(discovered, client).verdict).toBe('pass');
  expect(pkceOutcome(discovered)).toMatchObject({ verdict: 'fail', problem: { code: 'DISC_NO_PKCE' } });
});

test('nobody at the address fails the discovery', async () => {
  const [discovered, client] = await found({}, '/elsewhere');
  expect(discoveryOutcome(discovered, client)).toMatchObject({
    verdict: 'fail',
    problem: { code: 'DISC_NOT_FOUND' },
  });
  expect(clockOutcome(discovered)).toEqual({ verdict: 'not-needed' });
});

test.each([
  [0, 'pass'],
  [-120, 'warn'],
  [600, 'fail'],
] as const)('a clock that is %i seconds apart: %s', async (seconds, verdict) => {
  const [discovered] = await found({ behaviour: { clockAheadMs: seconds * 1000 } });
  expect(clockOutcome(discovered).verdict).toBe(verdict);
});
