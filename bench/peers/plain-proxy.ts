import type { AddressInfo } from 'node:net';
import httpProxy from '@fastify/http-proxy';
import Fastify from 'fastify';

/** The least that a proxy with its own token is: fastify and its plugin for that, and no check of anything. */
export async function startPlainProxy(registry: string): Promise<string> {
  const app = Fastify();
  await app.register(httpProxy, {
    upstream: registry,
    prefix: '/registry/acme',
    httpMethods: ['GET', 'HEAD'],
    replyOptions: {
      rewriteRequestHeaders: (_request, headers) => ({
        ...headers,
        authorization: 'Bearer token-of-the-registry',
      }),
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/registry/acme`;
}
