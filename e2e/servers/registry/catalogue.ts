/** The `server` object of the MCP Registry API v0.1, as far as the tests need it. */
export interface RegistryServer {
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly version: string;
  readonly repository?: { readonly url: string; readonly source: string };
  readonly websiteUrl?: string;
  readonly packages?: readonly {
    readonly registryType: 'npm' | 'pypi' | 'oci';
    readonly identifier: string;
    readonly version?: string;
    readonly transport: { readonly type: 'stdio' };
    readonly environmentVariables?: readonly {
      readonly name: string;
      readonly description: string;
      readonly isRequired?: boolean;
      readonly isSecret?: boolean;
    }[];
  }[];
  readonly remotes?: readonly { readonly type: 'streamable-http' | 'sse'; readonly url: string }[];
}

type Package = NonNullable<RegistryServer['packages']>[number];

const npm = (identifier: string, version: string): Package => ({
  registryType: 'npm',
  identifier,
  version,
  transport: { type: 'stdio' },
});
const pypi = (identifier: string, version: string): Package => ({
  ...npm(identifier, version),
  registryType: 'pypi',
});
const oci = (identifier: string): Package => ({
  registryType: 'oci',
  identifier,
  transport: { type: 'stdio' },
});
const remote = (url: string) => ({ type: 'streamable-http' as const, url });

/** A dozen servers of an imaginary company. */
export const acmeServers: readonly RegistryServer[] = [
  {
    name: 'io.acme/tickets',
    title: 'Tickets',
    description: 'Searches, reads and files support tickets.',
    version: '2.4.1',
    repository: { url: 'https://git.acme.example/tools/tickets-mcp', source: 'git' },
    packages: [
      {
        ...npm('@acme/tickets-mcp', '2.4.1'),
        environmentVariables: [
          { name: 'TICKETS_QUEUE', description: 'Queue to work in', isRequired: true },
          { name: 'TICKETS_TOKEN', description: 'Personal token', isSecret: true },
        ],
      },
    ],
  },
  {
    name: 'io.acme/wiki',
    title: 'Company wiki',
    description: 'Finds pages of the company wiki and answers from them.',
    version: '1.9.0',
    websiteUrl: 'https://wiki.acme.example',
    remotes: [remote('https://mcp.acme.example/wiki')],
  },
  {
    name: 'io.acme/calendar',
    title: 'Calendar',
    description: 'Reads calendars and proposes meeting times.',
    version: '0.8.3',
    remotes: [remote('https://mcp.acme.example/calendar')],
  },
  {
    name: 'io.acme.data/warehouse',
    title: 'Data warehouse',
    description: 'Runs read-only queries against the data warehouse.',
    version: '3.0.2',
    packages: [oci('images.acme.example/data/warehouse-mcp:3.0.2')],
  },
  {
    name: 'io.acme.data/metrics',
    title: 'Metrics',
    description: 'Charts and explains business metrics.',
    version: '1.2.0',
    packages: [pypi('acme-metrics-mcp', '1.2.0')],
  },
  {
    name: 'io.acme.platform/deployments',
    title: 'Deployments',
    description: 'Shows what runs where, and starts a rollback.',
    version: '5.1.0',
    packages: [oci('images.acme.example/platform/deployments-mcp:5.1.0')],
    remotes: [remote('https://mcp.acme.example/deployments')],
  },
  {
    name: 'io.acme.platform/logs',
    title: 'Logs',
    description: 'Searches service logs by trace, host or text.',
    version: '2.0.0',
    remotes: [{ type: 'sse', url: 'https://mcp.acme.example/logs/sse' }],
  },
  {
    name: 'io.acme.people/directory',
    title: 'People',
    description: 'Who works where, and who knows what.',
    version: '1.0.4',
    packages: [npm('@acme/directory-mcp', '1.0.4')],
  },
  {
    name: 'io.acme.finance/expenses',
    title: 'Expenses',
    description: 'Files an expense report from a photo of a receipt.',
    version: '0.3.1',
    packages: [pypi('acme-expenses', '0.3.1')],
  },
  {
    name: 'io.acme.legal/contracts',
    title: 'Contracts',
    description: 'Finds clauses in signed contracts.',
    version: '0.9.0',
    remotes: [remote('https://mcp.acme.example/contracts')],
  },
  {
    name: 'io.acme.design/tokens',
    title: 'Design tokens',
    description: 'Colours, spacing and icons of the design system.',
    version: '4.2.2',
    packages: [npm('@acme/design-tokens-mcp', '4.2.2')],
  },
  {
    name: 'org.example/browser',
    title: 'Browser',
    description: 'Drives a browser to fill in forms and take screenshots.',
    version: '12.0.0',
    repository: { url: 'https://code.example.org/browser-mcp', source: 'git' },
    packages: [npm('browser-mcp', '12.0.0'), oci('images.example.org/browser-mcp:12.0.0')],
  },
];

/** The first `count` of them, continued with numbered ones. */
export function manyServers(count: number): readonly RegistryServer[] {
  const numbered = Array.from({ length: Math.max(count - acmeServers.length, 0) }, (_, index) => ({
    name: `io.acme.lab/experiment-${String(index + 1).padStart(5, '0')}`,
    description: `Experiment number ${index + 1}.`,
    version: '0.1.0',
    packages: [npm(`@acme-lab/experiment-${index + 1}`, '0.1.0')],
  }));
  return [...acmeServers.slice(0, count), ...numbered];
}
