import type { IncomingMessage } from 'node:http';
import { randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { listen } from '../http-server';
import { configurationOf } from './configuration';
import { addInteractions } from './interactions';
import { endpointPaths, Observation } from './observation';
import type { Issued, RequestCounts, SeenRequest } from './observation';
import { usualAudience, usualClient } from './options';
import type { IdentityProviderOptions } from './options';
import { personNamed } from './people';
import { Records } from './records';
import { freshState, readState, StateWriter } from './state-file';
import type { ProviderState } from './state-file';

/** A running OpenID provider, its counters and its controls. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly port: number;
  readonly counts: RequestCounts;
  /** Every request so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Every code and token ever handed out. */
  readonly issued: readonly Issued[];
  /** So many token requests were being answered at one time, at most. */
  readonly mostTokenRequestsAtOnce: number;
  /** How often this refresh token was sent in to be used. */
  timesPresented(refreshToken: string): number;
  /** Lifetime of access tokens from now on. */
  setAccessTokenSeconds(seconds: number): void;
  /** Ends everything of one person, browser session included; the next refresh gets `invalid_grant`. */
  revokeAllFor(userName: string): void;
  /** The same for everyone. */
  revokeGrants(): void;
  close(): Promise<void>;
}

/** An OpenID provider with real signatures, rotation and pages, built on `oidc-provider`. Listens on 127.0.0.1. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const algorithm = options.signingAlgorithm ?? 'RS256';
  const state =
    (options.stateFile === undefined ? undefined : await readState(options.stateFile)) ??
    (await freshState(algorithm));
  const graceMs = options.rotation === 'grace' ? (options.graceSeconds ?? 30) * 1000 : 0;
  const current = (): ProviderState => ({ ...state, records: records.toJSON() });
  const writer = options.stateFile === undefined ? undefined : new StateWriter(options.stateFile, current);
  const records = new Records(state.records, {
    graceMs,
    now: options.now ?? Date.now,
    changed: () => writer?.changed(),
  });
  const observation = new Observation();
  const path = options.path ?? '';
  const mountPath = path.replace(/\/$/, '');
  let accessTokenSeconds = options.accessTokenSeconds ?? 300;
  let issuer = '';

  const server = await listen(options, (origin) => {
    issuer = origin + path;
    const provider = new Provider(
      issuer,
      configurationOf(
        {
          company: options.name,
          mountPath,
          clients: options.clients ?? [usualClient],
          audiences: options.audiences ?? [usualAudience],
          scopes: options.scopes ?? [],
          roles: options.roles ?? ['reader'],
          rotation: options.rotation ?? 'strict',
          signingAlgorithm: algorithm,
          accessTokenSeconds: () => accessTokenSeconds,
        },
        state,
        records,
      ),
    );
    nameSecrets(provider);
    observe(provider, observation);
    addInteractions(provider, { company: options.name, mountPath, defaultUserName: 'alice@acme.example' });
    const answer = provider.callback();
    return (request, response) => {
      if (!mount(request, mountPath)) {
        response.writeHead(404).end();
        return;
      }
      if (options.offlineAccessNeedsConsent !== true) grantOfflineAccess(request);
      void answer(request, response);
    };
  });

  return {
    issuer,
    port: server.port,
    get counts() {
      return observation.counts;
    },
    get mostTokenRequestsAtOnce() {
      return observation.mostTokenRequestsAtOnce;
    },
    requests: observation.requests,
    issued: observation.issued,
    timesPresented: (refreshToken) => observation.timesPresented(refreshToken),
    setAccessTokenSeconds: (seconds) => {
      accessTokenSeconds = seconds;
    },
    revokeAllFor: (userName) => {
      const { sub } = personNamed(userName);
      records.remove((_model, payload) => payload.accountId === sub);
    },
    revokeGrants: () => {
      records.remove((_model, payload) => payload.accountId !== undefined);
    },
    close: async () => {
      await server.close();
      await writer?.flush();
    },
  };
}

/** Codes and refresh tokens begin with a word, so that a search for strays finds them even when cut. */
function nameSecrets(provider: Provider): void {
  const named = (word: string) => ({
    value: () => `canary-${word}-${randomBytes(32).toString('base64url')}`,
  });
  Object.defineProperty(provider.AuthorizationCode.prototype, 'generateTokenId', named('code'));
  Object.defineProperty(provider.RefreshToken.prototype, 'generateTokenId', named('refresh'));
}

function observe(provider: Provider, observation: Observation): void {
  provider.on('authorization_code.saved', (code) => {
    observation.issue('code', code.jti);
  });
  provider.use(async (ctx: KoaContextWithOIDC, next) => {
    const complete = observation.begin(ctx.method, ctx.path, ctx.query);
    await next();
    const routed = 'oidc' in ctx;
    complete(ctx.status, (routed ? ctx.oidc.body : undefined) ?? {});
    if (ctx.path !== endpointPaths.token || typeof ctx.body !== 'object' || ctx.body === null) return;
    const answer = ctx.body as Record<string, unknown>;
    for (const kind of ['access_token', 'refresh_token', 'id_token'] as const)
      observation.issue(kind, answer[kind]);
  });
}

/**
 * Serves an issuer with a path: its endpoints are below it, but RFC 8414 3.1 puts the well-known part in front.
 * False for a request that is not below the issuer.
 */
function mount(request: IncomingMessage, mountPath: string): boolean {
  const target = request.url ?? '/';
  const wellKnown = '/.well-known/oauth-authorization-server';
  if (mountPath === '') return true;
  if (target.startsWith(wellKnown + mountPath)) {
    request.url = wellKnown;
    Object.assign(request, { originalUrl: mountPath + wellKnown });
  } else if (target.startsWith(`${mountPath}/`)) {
    request.url = target.slice(mountPath.length);
    Object.assign(request, { originalUrl: target });
  } else {
    return false;
  }
  return true;
}

/**
 * `oidc-provider` drops `offline_access` from requests without `prompt=consent`; most providers do not. Native
 * clients are asked for consent every time, so adding the prompt changes nothing else.
 */
function grantOfflineAccess(request: IncomingMessage): void {
  const [path, query = ''] = (request.url ?? '').split('?');
  if (path !== endpointPaths.authorization) return;
  const params = new URLSearchParams(query);
  const prompts = (params.get('prompt') ?? '').split(' ').filter((prompt) => prompt !== '');
  if (prompts.includes('consent') || prompts.includes('none')) return;
  params.set('prompt', [...prompts, 'consent'].join(' '));
  const rewritten = `${path}?${params.toString()}`;
  const mounted = 'originalUrl' in request ? String(request.originalUrl) : undefined;
  if (mounted !== undefined) {
    Object.assign(request, { originalUrl: mounted.slice(0, mounted.indexOf(path)) + rewritten });
  }
  request.url = rewritten;
}
