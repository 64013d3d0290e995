import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyError } from 'fastify';
import { failed, type Result, success } from '../base/failure';
import { Secret } from '../base/secret';
import { type Door, mostBodyBytes } from './admit';
import { refusal } from './answer';
import { addGatewayRoutes } from './gateway-routes';
import { createGuardedServer } from './http-server';
import { addRegistryRoutes } from './registry-routes';
import { sendAnswer } from './routes';
import type { GatewayServices } from './services';
import { SignInFlows } from './sign-in-flows';
import { addSignInRoutes } from './sign-in-routes';

/** A gateway that listens. */
export interface OpenGateway {
  readonly url: string;
  /** Of this start; in gateway.json and nowhere else. */
  readonly token: Secret;
  /** Stops listening at once and drops every connection. */
  readonly close: () => Promise<void>;
}

/** Longer than any registry id, escapes included. */
const longestParameter = 2_000;

/**
 * Listens on the IPv4 loopback address with a new token. The only module that needs fastify: loaded when a gateway is.
 * @param port 0 for any free one; one that cannot be had is GATEWAY_PORT_UNAVAILABLE, never another one instead
 */
export async function openGateway(services: GatewayServices, port: number): Promise<Result<OpenGateway>> {
  const token = new Secret(randomBytes(32).toString('base64url'));
  const server: { port: number } = { port };
  const door = (): Door => ({ port: server.port, token });
  const origin = () => `http://127.0.0.1:${server.port}`;
  const flows = new SignInFlows(services.sessions);
  const app = Fastify({
    serverFactory: (handler) => createGuardedServer(handler, door),
    bodyLimit: mostBodyBytes,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: longestParameter },
    frameworkErrors: (_error, _request, reply) => void sendAnswer(reply, refusal('bad_request')),
  });
  // No endpoint reads a body; what a client sends nevertheless is read, up to the limit, and dropped.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => {
    done(null);
  });
  app.setNotFoundHandler((_request, reply) => sendAnswer(reply, refusal('not_found')));
  app.setErrorHandler<FastifyError>(({ statusCode = 500 }, _request, reply) => {
    if (statusCode === 413) return sendAnswer(reply, refusal('payload_too_large'));
    return sendAnswer(reply, refusal(statusCode < 500 ? 'bad_request' : 'internal_error'));
  });
  addGatewayRoutes(app, door, services.version);
  addRegistryRoutes(app, services);
  addSignInRoutes(app, services, flows, origin);

  const close = async () => {
    flows.close();
    await app.close();
  };
  try {
    await app.listen({ host: '127.0.0.1', port });
  } catch {
    await close();
    return failed('GATEWAY_PORT_UNAVAILABLE', { port });
  }
  server.port = (app.server.address() as AddressInfo).port;
  return success({ url: origin(), token, close });
}
