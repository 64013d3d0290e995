import type { ServerDetails, ServersAnswer, ServerSummary } from '../../contract/server-list';

/** Servers for tests and the gallery: complete, and changed where a test says so. */

export const aServer = (changes: Partial<ServerSummary> = {}): ServerSummary => ({
  name: 'io.acme/files',
  title: 'Files',
  description: 'Reads and writes files below one folder.',
  version: '1.0.2',
  runs: ['npm'],
  isDeprecated: false,
  ...changes,
});

export const someServers = (count: number): readonly ServerSummary[] =>
  Array.from({ length: count }, (_, index) =>
    aServer({
      name: `io.acme/server-${index}`,
      title: `Server ${index}`,
      description: `Does thing number ${index}.`,
      runs: index % 2 === 0 ? ['remote'] : ['npm', 'oci'],
    }),
  );

type Listed = Extract<ServersAnswer, { kind: 'servers' }>;

export const listed = (servers: readonly ServerSummary[], changes: Partial<Listed> = {}): ServersAnswer => ({
  kind: 'servers',
  servers,
  readAt: Date.now(),
  unreadable: 0,
  ...changes,
});

export const theDetails = (changes: Partial<ServerDetails> = {}): ServerDetails => ({
  ...aServer(),
  runs: ['remote', 'npm', 'oci'],
  remotes: [
    {
      type: 'streamable-http',
      url: 'https://{tenant}.files.acme.example/mcp',
      inputs: [{ name: 'X-Files-Key', description: 'Key of the tenant', isRequired: true, isSecret: true }],
    },
  ],
  packages: [
    {
      type: 'npm',
      identifier: '@acme/files-mcp',
      version: '1.0.2',
      inputs: [
        { name: 'FILES_FOLDER', description: 'Which folder', isRequired: true, isSecret: false },
        { name: 'FILES_LOG', description: '', isRequired: false, isSecret: false },
      ],
    },
    { type: 'oci', identifier: 'images.acme.example/files-mcp:1.0.2', inputs: [] },
  ],
  links: [
    { kind: 'website', url: 'https://files.acme.example/start', host: 'files.acme.example' },
    { kind: 'repository', url: 'https://git.acme.example/tools/files', host: 'git.acme.example' },
  ],
  ...changes,
});
