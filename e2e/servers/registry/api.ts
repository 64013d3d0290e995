import { createHash } from 'node:crypto';
import { json } from '../answers';
import type { Answer } from '../answers';
import type { EndpointRequest } from '../endpoint';
import type { RegistryServer } from './catalogue';

const mostPerPage = 100;

/** `GET /v0.1/servers`: a page of the list, with a cursor to the next. */
export function listAnswer(servers: readonly RegistryServer[], { params }: EndpointRequest): Answer {
  const limit = Number(params.get('limit') ?? 30);
  if (!Number.isInteger(limit) || limit < 1 || limit > mostPerPage) {
    return problem(422, `limit must be between 1 and ${mostPerPage}`);
  }
  const search = (params.get('search') ?? '').toLowerCase();
  const after = Buffer.from(params.get('cursor') ?? '', 'base64url').toString('utf8');
  const found = servers.filter(({ name }) => name.toLowerCase().includes(search));
  const start = after === '' ? 0 : found.findIndex(({ name }) => name === after) + 1;
  if (after !== '' && start === 0) return problem(400, 'unknown cursor');
  const page = found.slice(start, start + limit);
  const last = page.at(-1);
  const more = last !== undefined && start + limit < found.length;
  const cursor = more ? { nextCursor: Buffer.from(last.name).toString('base64url') } : {};
  return json(200, { servers: page.map(entry), metadata: { ...cursor, count: page.length } });
}

/** `GET /v0.1/servers/{name}/versions/{version}`. */
export function serverAnswer(servers: readonly RegistryServer[], name: string, version: string): Answer {
  const found = servers.find(
    (server) => server.name === name && (version === 'latest' || server.version === version),
  );
  return found === undefined ? problem(404, 'Server not found') : withEntityTag(entry(found));
}

/** A static registry: the whole list as one file. */
export function staticFileAnswer(servers: readonly RegistryServer[]): Answer {
  return withEntityTag({
    $schema: 'https://registry.acme.example/schemas/registry.json',
    version: '1.0.0',
    meta: { last_updated: '2026-01-15T09:00:00Z' },
    data: { servers },
  });
}

/** RFC 9457. */
export function problem(status: number, detail: string, headers: Record<string, string> = {}): Answer {
  return json(status, { status, detail }, { 'content-type': 'application/problem+json', ...headers });
}

function entry(server: RegistryServer): object {
  const official = {
    status: 'active',
    publishedAt: '2025-11-03T10:00:00Z',
    updatedAt: '2026-01-15T09:00:00Z',
    isLatest: true,
  };
  return { server, _meta: { 'io.modelcontextprotocol.registry/official': official } };
}

function withEntityTag(body: object): Answer {
  const tag = `"${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)}"`;
  return (request, response) => {
    const headers = { etag: tag, 'cache-control': 'max-age=60' };
    if (request.headers['if-none-match'] === tag) response.writeHead(304, headers).end();
    else return json(200, body, headers)(request, response);
    return undefined;
  };
}
