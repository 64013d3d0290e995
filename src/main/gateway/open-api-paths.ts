import { answers, optional, parameter, refusals, refusalsBesideRegistry } from './open-api-parts';
import type { WireCode } from './wire-error';

/** Refusals that any request may meet, before its address is looked at. */
const always: readonly WireCode[] = ['bad_request', 'forbidden_origin', 'misdirected_request'];
const withToken: readonly WireCode[] = [
  ...always,
  'unauthorized',
  'payload_too_large',
  'too_many_requests',
  'internal_error',
];
const named: readonly WireCode[] = [...withToken, 'not_found'];
const control: readonly WireCode[] = [
  ...named,
  'session_control_disabled',
  'setting_locked',
  'auth_not_configured',
];
const contents: readonly WireCode[] = [
  ...named,
  'registry_forbidden',
  'registry_auth_required',
  'registry_unavailable',
];

const name = parameter('name', 'path', 'The id of the registry: `name` in the list.');
const anyJson = { 'application/json': { schema: {} } };

/** What a registry itself may answer, with only the headers named here. Beside it, every refusal may be the registry's own. */
const registryAnswers = {
  200: {
    description: 'The registry’s own answer, as the MCP Registry API describes it.',
    headers: Object.fromEntries(
      ['ETag', 'Last-Modified', 'Cache-Control', 'Retry-After'].map((header) => [
        header,
        { description: 'As the registry sent it.', schema: { type: 'string' } },
      ]),
    ),
    content: anyJson,
  },
  304: { description: 'Unchanged since the answer whose ETag was sent as If-None-Match.' },
  default: {
    description: 'Any other answer is the registry’s own.',
    content: { '*/*': { schema: {} } },
  },
};

const operation = (tag: string, operationId: string, summary: string) => ({
  tags: [tag],
  operationId,
  summary,
});

/** Every address of the gateway. */
export const openApiPaths = {
  '/health': {
    get: {
      ...operation('gateway', 'checkHealth', 'Whether the gateway is there, and whether it is the right one'),
      description:
        'Needs no token. Ask with a nonce before sending the token: another program may have taken the port since gateway.json was written.',
      security: [],
      parameters: [optional('nonce', 'Something random.', { minLength: 1, maxLength: 256 })],
      responses: {
        200: answers('The proof for the nonce.', 'Proof'),
        204: { description: 'It is there.' },
        ...refusals(always),
      },
    },
  },
  '/openapi.json': {
    get: {
      ...operation('gateway', 'readDescription', 'This document'),
      responses: {
        200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
        ...refusals(withToken),
      },
    },
  },
  '/api/v1beta/registry': {
    get: {
      ...operation('registries', 'listRegistries', 'All registries'),
      responses: {
        200: answers('In the order of the list in Gatepass.', 'RegistryList'),
        ...refusals(withToken),
      },
    },
  },
  '/api/v1beta/registry/{name}': {
    get: {
      ...operation('registries', 'readRegistry', 'One registry'),
      parameters: [name],
      responses: { 200: answers('The registry.', 'Registry'), ...refusals(named) },
    },
  },
  '/api/v1beta/registry/{name}/auth/initiate': {
    post: {
      ...operation('sign-in', 'initiateSignIn', 'Opens the browser for a sign-in, in the background'),
      description:
        'Where a person has to confirm something first, no browser opens: the answer is `confirmation_required`, and the window of Gatepass comes forward to ask. Start the sign-in again after that.',
      parameters: [name],
      responses: {
        202: answers('The sign-in is running.', 'StartedFlow'),
        ...refusals([...control, 'flow_in_progress', 'confirmation_required']),
      },
    },
  },
  '/api/v1beta/registry/{name}/auth/status': {
    get: {
      ...operation('sign-in', 'readSignIn', 'How a sign-in goes'),
      parameters: [name, parameter('flow_id', 'query', 'From the answer that started it.')],
      responses: { 200: answers('Its state.', 'FlowStatus'), ...refusals(named) },
    },
  },
  '/api/v1beta/registry/{name}/auth/logout': {
    post: {
      ...operation('sign-in', 'logOut', 'Signs out of the registry'),
      parameters: [name],
      responses: { 200: answers('Nothing is held here any more.', 'LoggedOut'), ...refusals(control) },
    },
  },
  '/registry/{name}/v0.1/servers': {
    get: {
      ...operation('contents', 'listServers', 'The servers of a registry, a page at a time'),
      description:
        'Whatever the registry offers below `/v0.1/` can be read in this way, with GET and HEAD; here are the two addresses that every registry has.',
      parameters: [
        name,
        optional('limit', 'Most servers of a page.', { type: 'integer', minimum: 1, maximum: 100 }),
        optional('version', '`latest` for one entry per server.'),
        optional('search', 'A part of the name.'),
        optional('cursor', '`nextCursor` of the page before.'),
      ],
      responses: { ...registryAnswers, ...refusalsBesideRegistry(contents) },
    },
  },
  '/registry/{name}/v0.1/servers/{serverName}/versions/{version}': {
    get: {
      ...operation('contents', 'readServer', 'One version of a server'),
      parameters: [
        name,
        parameter('serverName', 'path', 'With its slash encoded: `com.example%2Fserver`.'),
        parameter('version', 'path', 'Or `latest`.'),
      ],
      responses: { ...registryAnswers, ...refusalsBesideRegistry(contents) },
    },
  },
};
