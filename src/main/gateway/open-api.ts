import { componentSchemas } from './open-api-parts';
import { openApiPaths } from './open-api-paths';

/** The OpenAPI 3.1 document that `/openapi.json` serves; its schemas are those that the answers' types are made from. */
export function openApiDocument(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatepass gateway',
      version,
      summary: 'Reads MCP registries through the sessions of a person who is signed in.',
      description:
        'A server on the loopback address of a person’s own computer. Its address and its token stand in `gateway.json` in the user-data folder of Gatepass and change with every start. Web pages are refused, whatever they send.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: 'http://127.0.0.1:{port}',
        description: '`url` in gateway.json.',
        variables: { port: { default: '0', description: 'Another one at each start, unless configured.' } },
      },
    ],
    security: [{ token: [] }],
    tags: [
      { name: 'gateway', description: 'The gateway itself.' },
      { name: 'registries', description: 'Which registries there are.' },
      { name: 'sign-in', description: 'Starting and ending sign-ins; off unless a person allows it.' },
      { name: 'contents', description: 'What a registry answers.' },
    ],
    paths: openApiPaths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token of gateway.json.' },
      },
    },
  };
}
