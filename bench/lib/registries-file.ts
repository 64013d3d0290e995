import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A configuration of so many registries, spread over seven issuers; returns its path. */
export function writeRegistries(
  folder: string,
  count: number,
  issuer = 'https://login.acme.example',
): string {
  const entries = Array.from(
    { length: count },
    (_, index) => `  - id: acme-${index}
    name: Acme ${index}
    url: https://mcp-${index}.acme.example/registry
    auth:
      type: oauth
      oauth:
        issuer: ${issuer}/realms/${index % 7}
        client_id: gatepass
        scopes: [openid, offline_access]
`,
  );
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
