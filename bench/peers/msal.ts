import { PublicClientApplication } from '@azure/msal-node';
import { rawClient } from '../../e2e/servers/code-flow';
import type { Surroundings } from '../lib/contest';

export const msalScopes = ['openid', 'offline_access'];

/** A client of `@azure/msal-node` for a provider other than Microsoft's. It trusts what NODE_EXTRA_CA_CERTS names. */
export async function msalClient({ issuer, ca }: Pick<Surroundings, 'issuer' | 'ca'>) {
  return msalClientOf(issuer, JSON.stringify(await rawClient(issuer, { ca }).discover()));
}

export const msalClientOf = (issuer: string, metadata?: string) =>
  new PublicClientApplication({
    auth: {
      clientId: 'gatepass',
      authority: issuer,
      knownAuthorities: [new URL(issuer).host],
      ...(metadata !== undefined && { authorityMetadata: metadata }),
    },
    system: { protocolMode: 'OIDC' },
  });
