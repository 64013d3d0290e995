import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startIdentityProvider } from '../servers/identity-provider';
import { startRegistry } from '../servers/registry';

/** Fixed, because registries, sessions and redirect addresses of an earlier demo name them. */
const ports = { identityProvider: 8670, engineering: 8671, finance: 8672 };

const audiences = {
  engineering: 'https://mcp.acme.example/engineering',
  finance: 'https://mcp.acme.example/finance',
};

export interface Demo {
  /** One line each about what runs where. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts the demo company: an identity provider and two registries on loopback that accept only its tokens, and writes
 * the configuration that names them.
 * @param stateFolder keeps the provider's keys and sessions, so that a sign-in survives quitting the demo
 * @param userDataFolder the app's; its config.yaml is replaced
 */
export async function startDemo(stateFolder: string, userDataFolder: string): Promise<Demo> {
  mkdirSync(stateFolder, { recursive: true });
  const provider = await startIdentityProvider({
    name: 'Acme',
    port: ports.identityProvider,
    audiences: [audiences.engineering, audiences.finance],
    stateFile: join(stateFolder, 'identity-provider.json'),
  });
  const { issuer } = provider;
  const engineering = await startRegistry({
    name: 'Acme Engineering',
    port: ports.engineering,
    path: '/registry/engineering',
    issuer,
    audience: audiences.engineering,
  });
  const finance = await startRegistry({
    name: 'Acme Finance',
    port: ports.finance,
    path: '/registry/finance',
    issuer,
    audience: audiences.finance,
  });

  mkdirSync(userDataFolder, { recursive: true });
  const entries = [
    entry('acme-engineering', 'Acme Engineering', engineering.url, issuer, audiences.engineering),
    entry('acme-finance', 'Acme Finance', finance.url, issuer, audiences.finance),
  ];
  writeFileSync(join(userDataFolder, 'config.yaml'), `${header}${entries.join('')}`, { mode: 0o600 });

  return {
    lines: [
      `Identity provider  ${issuer} (any password signs you in)`,
      `Acme Engineering   ${engineering.url}`,
      `Acme Finance       ${finance.url}`,
    ],
    async close() {
      await Promise.all([provider.close(), engineering.close(), finance.close()]);
    },
  };
}

const header =
  '# Written by the demo at every start; edit it while the demo runs to see changes applied live.\nversion: 1\nregistries:\n';

const entry = (id: string, name: string, url: string, issuer: string, audience: string) => `\
  - id: ${id}
    name: ${name}
    url: ${url}
    allow_private_ip: true
    auth:
      type: oauth
      oauth:
        issuer: ${issuer}
        client_id: gatepass
        audience: ${audience}
`;
