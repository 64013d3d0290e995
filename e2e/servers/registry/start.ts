import type { IncomingHttpHeaders } from 'node:http';
import type { JWTPayload } from 'jose';
import { json } from '../answers';
import type { Answer } from '../answers';
import { Endpoint } from '../endpoint';
import type { EndpointRequest, Handler } from '../endpoint';
import { listen } from '../http-server';
import type { ListenOptions } from '../http-server';
import { listAnswer, problem, serverAnswer, staticFileAnswer } from './api';
import { acmeServers, manyServers } from './catalogue';
import type { RegistryServer } from './catalogue';
import { tokenCheck } from './token-check';

export interface RegistryOptions extends ListenOptions {
  readonly name: string;
  /** Below which path the registry is, as in `/registry/engineering`. Default: at the root. */
  readonly path?: string;
  /** Whose access tokens are accepted. Absent: everyone may read, and no token is looked at. */
  readonly issuer?: string;
  /** `aud` that a token must have. Default: `https://registry.acme.example`. */
  readonly audience?: string;
  /** Certificate authority of the issuer, PEM. */
  readonly issuerCa?: string;
  /** How many servers, or which. Default: a dozen. */
  readonly servers?: number | readonly RegistryServer[];
  /** Body of `/.well-known/toolhive-registry`; absent: 404. */
  readonly description?: Readonly<Record<string, unknown>>;
  /** Changes to the RFC 9728 document. */
  readonly resourceMetadata?: Readonly<Record<string, unknown>>;
}

/** A running registry (MCP Registry API v0.1). Each endpoint can be told to misbehave. */
export interface Registry {
  /** Its base URL, as a person would configure it. */
  readonly url: string;
  /** The static form of the same list. */
  readonly staticUrl: string;
  readonly port: number;
  /** `GET /v0.1/servers`. */
  readonly list: Endpoint;
  /** `GET /v0.1/servers/{name}/versions/{version}`. */
  readonly server: Endpoint;
  /** `GET /v1/me`. */
  readonly me: Endpoint;
  readonly staticFile: Endpoint;
  /** `GET /.well-known/toolhive-registry`. */
  readonly description: Endpoint;
  /** The RFC 9728 document. */
  readonly resourceMetadata: Endpoint;
  /** Every request that was for none of these. */
  readonly elsewhere: Endpoint;
  /** Every request so far, oldest first. */
  readonly requests: readonly EndpointRequest[];
  /** Every Authorization header that ever arrived, in order. */
  readonly authorizations: readonly string[];
  /** 401 for every token, also good ones, until called with false. */
  rejectAllTokens(reject?: boolean): void;
  /** 403 for tokens without this role, until called with undefined. */
  requireRole(role: string | undefined): void;
  close(): Promise<void>;
}

/** Starts a registry on 127.0.0.1. */
export async function startRegistry(options: RegistryOptions): Promise<Registry> {
  const path = options.path ?? '';
  const audience = options.audience ?? 'https://registry.acme.example';
  const { issuer } = options;
  const check =
    issuer === undefined
      ? undefined
      : tokenCheck({
          issuer,
          audience,
          ...(options.issuerCa === undefined ? {} : { issuerCa: options.issuerCa }),
        });
  const servers =
    typeof options.servers === 'number' ? manyServers(options.servers) : (options.servers ?? acmeServers);
  const resourcePath = `/.well-known/oauth-protected-resource${path}`;
  const state: { rejectAll: boolean; role: string | undefined; origin: string } = {
    rejectAll: false,
    role: undefined,
    origin: '',
  };

  const unauthorized = (detail: string, error = '') =>
    problem(401, detail, {
      'www-authenticate': `Bearer ${error}resource_metadata="${state.origin}${resourcePath}"`,
    });
  const protectedBy =
    (handler: (request: EndpointRequest, claims: JWTPayload) => Answer): Handler =>
    async (request) => {
      if (check === undefined) return handler(request, {});
      const token = bearerToken(request.headers);
      if (token === undefined) return unauthorized('A token is needed');
      const checked = await check(token);
      if (!checked.ok) return unauthorized(checked.reason, 'error="invalid_token", ');
      if (state.rejectAll) return unauthorized('The token was refused', 'error="invalid_token", ');
      if (state.role !== undefined && !rolesOf(checked.claims).includes(state.role)) {
        return problem(403, `The role ${state.role} is needed`, {
          'www-authenticate': 'Bearer error="insufficient_scope"',
        });
      }
      return handler(request, checked.claims);
    };

  const endpoints = {
    list: new Endpoint(protectedBy((request) => listAnswer(servers, request))),
    server: new Endpoint(
      protectedBy(({ target }) => {
        const [, name = '', version = ''] = serverTarget.exec(target.slice(path.length)) ?? [];
        return serverAnswer(servers, decoded(name), decoded(version));
      }),
    ),
    me: new Endpoint(
      protectedBy((_request, claims) => json(200, { subject: claims.sub, roles: rolesOf(claims) })),
    ),
    staticFile: new Endpoint(protectedBy(() => staticFileAnswer(servers))),
    description: new Endpoint(() =>
      options.description === undefined ? problem(404, 'Not found') : json(200, options.description),
    ),
    resourceMetadata: new Endpoint(() =>
      json(200, {
        resource: state.origin + path,
        resource_name: options.name,
        ...(issuer === undefined ? {} : { authorization_servers: [issuer] }),
        bearer_methods_supported: ['header'],
        ...options.resourceMetadata,
      }),
    ),
    elsewhere: new Endpoint(() => problem(404, 'Not found')),
  };
  const endpointFor = (target: string): Endpoint => {
    const [pathname = ''] = target.split('?');
    if (pathname === `${path}/v0.1/servers`) return endpoints.list;
    if (pathname.startsWith(path) && serverTarget.test(pathname.slice(path.length))) return endpoints.server;
    if (pathname === '/v1/me' && check !== undefined) return endpoints.me;
    if (pathname === `${path}/registry.json`) return endpoints.staticFile;
    if (pathname === '/.well-known/toolhive-registry') return endpoints.description;
    if (pathname === resourcePath && check !== undefined) return endpoints.resourceMetadata;
    return endpoints.elsewhere;
  };

  const requests: EndpointRequest[] = [];
  const server = await listen(options, (origin) => {
    state.origin = origin;
    return (request, response) => {
      void endpointFor(request.url ?? '/').serve(request, response, (seen) => requests.push(seen));
    };
  });
  return {
    url: server.origin + path,
    staticUrl: `${server.origin}${path}/registry.json`,
    port: server.port,
    ...endpoints,
    requests,
    get authorizations() {
      return requests.flatMap(({ headers }) => headers.authorization ?? []);
    },
    rejectAllTokens: (reject = true) => {
      state.rejectAll = reject;
    },
    requireRole: (role) => {
      state.role = role;
    },
    close: () => server.close(),
  };
}

const serverTarget = /^\/v0\.1\/servers\/([^/?]+)\/versions\/([^/?]+)$/;

function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

function rolesOf(claims: JWTPayload): readonly string[] {
  const roles = claims['roles'];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
