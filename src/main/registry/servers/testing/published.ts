/**
 * An answer of `GET /v0.1/servers` with every field that the published OpenAPI document of the MCP Registry API v0.1
 * names (`ServerList`, `ServerResponse`, `ServerDetail`), under made-up names.
 */
export const published = {
  servers: [
    {
      server: {
        $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
        name: 'io.acme/files',
        title: 'Files',
        description: 'Reads and writes files below one folder.',
        version: '1.0.2',
        websiteUrl: 'https://files.acme.example/start',
        icons: [{ src: 'https://files.acme.example/icon.png', mimeType: 'image/png', sizes: ['48x48'] }],
        repository: {
          url: 'https://git.acme.example/tools/files',
          source: 'git',
          id: 'b94b5f7e-c7c6-d760-2c78-a5e9b8a5b8c9',
          subfolder: 'src/files',
        },
        packages: [
          {
            registryType: 'npm',
            registryBaseUrl: 'https://packages.acme.example',
            identifier: '@acme/files-mcp',
            version: '1.0.2',
            runtimeHint: 'npx',
            runtimeArguments: [{ type: 'positional', value: '-y' }],
            packageArguments: [
              { type: 'positional', valueHint: 'folder', format: 'filepath', isRequired: true },
              { type: 'named', name: '--depth', default: '3', choices: ['1', '3'], isRepeated: false },
            ],
            environmentVariables: [
              { name: 'FILES_TOKEN', description: 'Token of the share', isRequired: true, isSecret: true },
              { name: 'FILES_LOG', value: '{level}', variables: { level: { default: 'warn' } } },
            ],
            transport: { type: 'stdio' },
          },
          {
            registryType: 'pypi',
            registryBaseUrl: 'https://pypi.org',
            identifier: 'acme-files-mcp',
            version: '1.0.2',
            runtimeHint: 'uvx',
            transport: { type: 'stdio' },
          },
          {
            registryType: 'oci',
            identifier: 'images.acme.example/files-mcp:1.0.2',
            transport: { type: 'streamable-http', url: 'http://localhost:{port}/mcp' },
          },
          {
            registryType: 'mcpb',
            identifier: 'https://git.acme.example/tools/files/releases/1.0.2.mcpb',
            fileSha256: 'fe333e598595000ae021bd27117db32ec69af6987f507ba7a63c90638ff633ce',
            transport: { type: 'stdio' },
          },
        ],
        remotes: [
          {
            type: 'streamable-http',
            url: 'https://{tenant}.files.acme.example/mcp',
            headers: [
              { name: 'X-Files-Key', description: 'Key of the tenant', isRequired: true, isSecret: true },
            ],
            variables: { tenant: { description: 'Which tenant', isRequired: true } },
          },
          { type: 'sse', url: 'https://files.acme.example/sse' },
        ],
        _meta: { 'io.modelcontextprotocol.registry/publisher-provided': { tool: 'publisher-cli' } },
      },
      _meta: {
        'io.modelcontextprotocol.registry/official': {
          status: 'active',
          statusChangedAt: '2026-01-15T09:00:00Z',
          publishedAt: '2026-01-15T09:00:00Z',
          updatedAt: '2026-01-15T09:00:00Z',
          isLatest: true,
        },
      },
    },
  ],
  metadata: { count: 1 },
};

/** Its one entry, with the server or what the registry says of it changed. */
export function publishedEntry(
  changes: Readonly<Record<string, unknown>> = {},
  official: Readonly<Record<string, unknown>> = {},
): unknown {
  const [entry] = published.servers;
  return {
    server: { ...entry?.server, ...changes },
    _meta: { 'io.modelcontextprotocol.registry/official': official },
  };
}
