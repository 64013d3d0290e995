#!/usr/bin/env node
// Lists the servers of a registry through the gateway of Gatepass: one line each, name and version.
// Usage: list-servers.mjs REGISTRY [GATEWAY_FILE]
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const [registry, file = gatewayFile()] = process.argv.slice(2);
if (registry === undefined) stop('Usage: list-servers.mjs REGISTRY [GATEWAY_FILE]');

const { url, token } = readGatewayFile();
await checkIdentity();
for await (const { server } of servers()) console.log(`${server.name} ${server.version}`);

/** Where the app says how it is reached; see docs/gateway.md. */
function gatewayFile() {
  const folders = {
    darwin: join(homedir(), 'Library', 'Application Support'),
    win32: process.env.APPDATA ?? homedir(),
  };
  const folder = folders[process.platform] ?? process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
  return join(folder, 'Gatepass', 'gateway.json');
}

function readGatewayFile() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return stop('The gateway is closed: open it in Gatepass, under Settings, Other programs.');
  }
}

/** Before the token is sent: whoever answers on this port knows it already, or gets nothing. */
async function checkIdentity() {
  const nonce = randomUUID();
  const answer = await fetch(`${url}/health?nonce=${nonce}`).catch(() => stop('Gatepass is not running.'));
  const { proof } = await answer.json().catch(() => ({}));
  const expected = createHmac('sha256', token)
    .update(`${nonce}${new URL(url).port}`)
    .digest('hex');
  if (proof !== expected) stop('Something else than Gatepass answers there.');
}

/** Page after page. */
async function* servers() {
  let cursor;
  do {
    const query = new URLSearchParams({ limit: '100', version: 'latest', ...(cursor && { cursor }) });
    const answer = await fetch(`${url}/registry/${encodeURIComponent(registry)}/v0.1/servers?${query}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    const body = await answer.json();
    // For instance 503 registry_auth_required: a person has to sign in to this registry in Gatepass.
    if (!answer.ok) stop(`${answer.status} ${body.code ?? ''}: ${body.message ?? body.detail ?? ''}`);
    yield* body.servers;
    cursor = body.metadata.nextCursor;
  } while (cursor);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
