import { expect, test } from 'vitest';
import { systemClock } from '../base/clock';
import { NetworkError } from '../base/net';
import type { Network, NetworkRequest } from '../base/net';
import { Secret } from '../base/secret';
import { addressRuleFor } from './endpoint-rules';
import { refreshTokens } from './refresh-tokens';
import { revoke } from './revoke';
import { clientOf } from './testing/client';
import type { Provider } from './types';

const issuer = 'https://login.acme.example';
const elsewhere = 'https://tokens.acme.example';
const provider: Provider = {
  metadata: {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${elsewhere}/token`,
    jwks_uri: `${elsewhere}/jwks`,
    revocation_endpoint: `${elsewhere}/revoke`,
  },
  issAdvertised: false,
  endpointAddresses: 'public',
};

/** Notes under which rule an address is asked for, and lets nothing through. */
function watchingNetwork() {
  const rules: Record<string, NetworkRequest['addresses']> = {};
  const network: Network = {
    fetch(url, request = {}) {
      rules[url] = request.addresses;
      return Promise.reject(new NetworkError('forbidden-address', new URL(url).host, false));
    },
  };
  return { network, rules };
}

test('hosts learnt from metadata are asked under the rule that discovery found', async () => {
  const { network, rules } = watchingNetwork();
  const client = clientOf(issuer);
  const token = new Secret('refresh-token');
  const deps = { network, clock: systemClock };
  const outcome = await refreshTokens(deps, provider, client, token, { onRotated: () => Promise.resolve() });
  expect(outcome).toMatchObject({ kind: 'not-sent', failure: { code: 'DISC_PRIVATE_ENDPOINT' } });
  await revoke(deps, provider, token, client);
  expect(rules).toEqual({ [`${elsewhere}/token`]: 'public', [`${elsewhere}/revoke`]: 'public' });
});

test('the origin that a person configured may be wherever it is, and only that one', () => {
  expect(addressRuleFor(provider, `${issuer}/jwks`)).toBe('any');
  expect(addressRuleFor(provider, `${issuer}:8443/jwks`)).toBe('public');
  expect(addressRuleFor(provider, provider.metadata.jwks_uri ?? '')).toBe('public');
});
