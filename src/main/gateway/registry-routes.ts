import type { FastifyInstance } from 'fastify';
import { refusal } from './answer';
import { forwardRequest } from './forward';
import { registryAddress } from './registry-address';
import type { WireRegistryList } from './schemas';
import type { GatewayServices } from './services';
import { addRoute, nameIn } from './routes';
import { wireRegistry } from './wire-registry';

type Services = Pick<GatewayServices, 'registries' | 'registry' | 'authStatus' | 'client'>;

/** Which registries there are, and what they answer. */
export function addRegistryRoutes(app: FastifyInstance, services: Services): void {
  const { registries, authStatus } = services;

  addRoute(app, 'GET', '/api/v1beta/registry', () => {
    const body: WireRegistryList = {
      registries: registries().map((registry) => wireRegistry(registry, authStatus(registry.id))),
    };
    return { status: 200, body };
  });
  addRoute(app, 'GET', '/api/v1beta/registry/:name', (request) => {
    const registry = services.registry(nameIn(request));
    if (registry === undefined) return refusal('not_found');
    return { status: 200, body: wireRegistry(registry, authStatus(registry.id)) };
  });
  addRoute(app, 'GET', '/registry/:name/*', async (request, reply) => {
    const address = registryAddress(request.raw.url ?? '');
    const registry = address && services.registry(address.name);
    if (address === undefined || registry === undefined) return refusal('not_found');
    return forwardRequest(services, registry, address.path, request, reply);
  });
}
