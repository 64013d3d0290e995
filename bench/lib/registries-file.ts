import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A configuration of so many registries; returns its path. Without a provider they belong to seven issuers that nobody
 * answers for; with one, all belong to it, and its address answers for theirs.
 */
export function writeRegistries(
  folder: string,
  count: number,
  provider?: { readonly issuer: string },
): string {
  const entries = Array.from({ length: count }, (_, index) => {
    const issuer = provider?.issuer ?? `https://login.acme.example/realms/${index % 7}`;
    const url = provider ? `${issuer}/registries/${index}` : `https://mcp-${index}.acme.example/registry`;
    return `  - id: acme-${index}
    name: Acme ${index}
    url: ${url}
    allow_private_ip: true
    auth:
      type: oauth
      oauth:
        issuer: ${issuer}
        client_id: gatepass
        scopes: [openid, offline_access]
`;
  });
  const path = join(folder, 'config.yaml');
  writeFileSync(path, `version: 1\nregistries:\n${entries.join('')}`);
  return path;
}

/** What {@link writeRegistries} writes, as plain data. */
export interface RegistriesFile {
  readonly registries: readonly {
    readonly id: string;
    readonly name: string;
    readonly url: string;
    readonly auth: { readonly oauth: { readonly issuer: string; readonly client_id: string } };
  }[];
}
