import { startIdentityProvider } from '../../e2e/servers/identity-provider';
import { makeTlsFixtures } from '../../e2e/servers/tls';

/** Redirect addresses of Gatepass and of every peer; loopback ports are free (RFC 8252 7.3). */
const redirectUris = ['http://127.0.0.1/callback', 'http://localhost/callback', 'http://localhost'];

/** An identity provider with rotation over HTTPS, as a program of its own: what it costs is not the contestants'. */
export async function startProvider(): Promise<void> {
  const { ca, valid } = await makeTlsFixtures();
  const { issuer } = await startIdentityProvider({
    name: 'Bench',
    tls: valid,
    clients: [{ clientId: 'gatepass', redirectUris }],
  });
  process.send?.({ issuer, ca });
  process.once('disconnect', () => process.exit(0));
}
