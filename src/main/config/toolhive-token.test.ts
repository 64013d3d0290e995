import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { FileSource } from './file-source';
import { withToolhiveToken } from './toolhive-token';

const oauth =
  'registry_auth: { type: oauth, oauth: { issuer: https://login.acme.example, client_id: thv } }\n';

async function authIn(yaml: string, env: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'toolhive-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'config.yaml');
  writeFileSync(path, yaml);
  const reading = await withToolhiveToken(new FileSource('toolhive', path, manualClock()), env).read();
  return reading.kind === 'read' ? reading.layers[0]?.registries[0]?.auth.type : reading.kind;
}

const withToken = { TOOLHIVE_REGISTRY_AUTH_TOKEN: 'from-the-environment' };
const api = 'registry_api_url: https://mcp.acme.example\n';

test.each([
  ['an API', api, withToken, 'bearer'],
  ['an API with a sign-in', `${api}${oauth}`, withToken, 'bearer'],
  ['an API, without a token', `${api}${oauth}`, {}, 'oauth'],
  ['an API, with an empty token', api, { TOOLHIVE_REGISTRY_AUTH_TOKEN: '' }, 'none'],
  ['a static file', 'registry_url: https://mcp.acme.example/registry.json\n', withToken, 'none'],
  ['a broken sign-in', `${api}registry_auth: { type: oauth }\n`, withToken, 'unusable'],
])('the token of ToolHive’s environment: %s', async (_case, yaml, env, type) => {
  expect(await authIn(yaml, env)).toBe(type);
});

test('without a file there is nothing to give it to', async () => {
  const source = new FileSource('toolhive', '/nowhere/config.yaml', manualClock());
  expect(await withToolhiveToken(source, withToken).read()).toEqual({ kind: 'absent' });
});
