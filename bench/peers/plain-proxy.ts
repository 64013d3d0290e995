import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import Fastify from 'fastify';
import { Pool } from 'undici';

/** The least that a proxy with its own token is: fastify, undici, and no check of anything. */
export async function startPlainProxy(registry: string): Promise<string> {
  const app = Fastify();
  const pool = new Pool(registry, { connections: 64 });
  app.get('/registry/acme/*', async (request, reply) => {
    const path = request.url.slice('/registry/acme'.length);
    const { statusCode, headers, body } = await pool.request({
      path,
      method: 'GET',
      headers: { authorization: 'Bearer token-of-the-registry', accept: String(request.headers.accept) },
    });
    void reply.code(statusCode).header('content-type', headers['content-type']);
    return reply.send(Readable.from(body));
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/registry/acme`;
}
