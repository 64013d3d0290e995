import type { FastifyInstance } from 'fastify';
import { type Answer, refusal } from './answer';
import type { Door } from './admit';
import { openApiDocument } from './open-api';
import { proofOfIdentity } from './proof';
import type { WireProof } from './schemas';
import { addRoute } from './routes';

const longestNonce = 256;

/** What describes the gateway itself: who it is, and what it offers. */
export function addGatewayRoutes(app: FastifyInstance, door: () => Door, version: string): void {
  addRoute(app, 'GET', '/health', (request) => {
    const { nonce } = request.query as { readonly nonce?: unknown };
    return nonce === undefined ? { status: 204 } : proofFor(nonce, door());
  });
  const document = openApiDocument(version);
  addRoute(app, 'GET', '/openapi.json', () => ({ status: 200, body: document }));
}

function proofFor(nonce: unknown, door: Door): Answer {
  if (typeof nonce !== 'string' || nonce === '' || nonce.length > longestNonce)
    return refusal('bad_request', { message: `nonce: 1 to ${longestNonce} characters, once.` });
  const body: WireProof = { proof: proofOfIdentity(nonce, door) };
  return { status: 200, body };
}
