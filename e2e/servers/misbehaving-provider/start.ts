import type { RequestListener } from 'node:http';
import { json } from '../answers';
import type { Answer } from '../answers';
import { Endpoint } from '../endpoint';
import type { EndpointRequest, Handler } from '../endpoint';
import { listen } from '../http-server';
import type { ListenOptions } from '../http-server';
import type { Issued } from '../identity-provider/observation';
import { personNamed } from '../identity-provider/people';
import { correctBehaviour } from './behaviour';
import type { Behaviour, Patch } from './behaviour';
import {
  authorizeAnswer,
  jwksAnswer,
  metadataOf,
  paths,
  processTokenRequest,
  revocationAnswer,
} from './endpoints';
import type { EndpointContext } from './endpoints';
import { GrantBook } from './grant-book';
import { correctProfile } from './profile';
import type { Profile } from './profile';
import { makeSigningKey } from './signing-keys';
import { TokenMaker } from './token-maker';

export interface MisbehavingProviderOptions extends ListenOptions {
  /** Changes to a provider as the specifications would have it; see `profiles` for whole ones. */
  readonly profile?: Partial<Profile>;
  /** Default `gatepass`; every other client is refused at the token endpoint. */
  readonly clientId?: string;
  /** `aud` of access tokens when none is asked for. Default: `https://registry.acme.example`. */
  readonly audience?: string;
  readonly behaviour?: Partial<Behaviour>;
  /** Milliseconds since the epoch, for codes and the grace time. Default: the real time. */
  readonly now?: () => number;
}

export interface MisbehavingProvider {
  readonly issuer: string;
  readonly port: number;
  readonly profile: Profile;
  /** Assign to its members to make the provider differ from a correct one. */
  readonly behaviour: Behaviour;
  /** `<issuer>/.well-known/openid-configuration`. */
  readonly discovery: Endpoint;
  /** The RFC 8414 location; 404 until told otherwise. */
  readonly authorizationServerMetadata: Endpoint;
  readonly authorize: Endpoint;
  readonly token: Endpoint;
  readonly jwks: Endpoint;
  readonly revocation: Endpoint;
  readonly userinfo: Endpoint;
  readonly endSession: Endpoint;
  /** Every request that was for none of these. */
  readonly elsewhere: Endpoint;
  /** The provider's own record of what is valid. */
  readonly grants: GrantBook;
  /** Codes and tokens it handed out, before any change by `behaviour.tokenResponse`. */
  readonly issued: readonly Issued[];
  /** How often this refresh token was sent in to be used. */
  timesPresented(refreshToken: string): number;
  /** For `token.answerWith`: does what was asked, rotation included, and then answers otherwise. */
  afterCommit(answer: (body: Patch) => Answer): { readonly handle: Handler };
  /** The metadata as published now. */
  metadata(): Patch;
  /** New tokens are signed with a new key, which replaces the published one. */
  rotateSigningKey(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A small OpenID provider that signs in whoever comes, without a page, and does everything wrong on request.
 * Listens on 127.0.0.1.
 */
export async function startMisbehavingProvider(
  options: MisbehavingProviderOptions = {},
): Promise<MisbehavingProvider> {
  const profile: Profile = { ...correctProfile, ...options.profile };
  const behaviour: Behaviour = { ...correctBehaviour(), ...options.behaviour };
  let signingKey = await makeSigningKey(profile.signingAlgorithm);
  const origins = { issuer: '', endpoints: '' };
  const mountPath = profile.path.replace(/\/$/, '');
  const issuer = () => origins.issuer + profile.path;
  const issued: Issued[] = [];
  const note = (kind: Issued['kind'], value: unknown) => {
    if (typeof value === 'string') issued.push({ kind, value });
  };
  const { rotation, graceMs, codeMs } = profile;
  const grants = new GrantBook({ rotation, graceMs, codeMs, now: options.now ?? Date.now, note });
  const defaultAudience = options.audience ?? 'https://registry.acme.example';
  const context: EndpointContext = {
    profile,
    behaviour,
    grants,
    tokens: new TokenMaker({
      profile,
      behaviour,
      grants,
      note,
      issuer,
      defaultAudience,
      signingKey: () => signingKey,
    }),
    clientId: options.clientId ?? 'gatepass',
    issuer,
    endpointBase: () => origins.endpoints + mountPath,
    signingKey: () => signingKey,
  };
  const afterCommit = (answer: (body: Patch) => Answer): { readonly handle: Handler } => ({
    handle: async (request) => {
      const outcome = await processTokenRequest(context, request);
      return 'granted' in outcome ? answer(outcome.granted) : outcome.refused;
    },
  });
  const metadata = () => metadataOf(context);
  const notFound = () => json(404, { error: 'not_found' });
  const endpoints = {
    discovery: new Endpoint(() => profile.discovery ?? json(200, metadata())),
    authorizationServerMetadata: new Endpoint(notFound),
    authorize: new Endpoint((request) => authorizeAnswer(context, request)),
    token: new Endpoint(afterCommit((body) => json(200, body)).handle, asksForNothing),
    jwks: new Endpoint(() => jwksAnswer(context)),
    revocation: new Endpoint((request) => revocationAnswer(context, request)),
    userinfo: new Endpoint(() => json(200, personNamed(behaviour.userName))),
    endSession: new Endpoint(() => json(200, {})),
    elsewhere: new Endpoint(notFound),
  };
  const byPath = new Map<string, Endpoint>([
    [`${mountPath}/.well-known/openid-configuration`, endpoints.discovery],
    [`/.well-known/oauth-authorization-server${mountPath}`, endpoints.authorizationServerMetadata],
    [mountPath + paths.authorize, endpoints.authorize],
    [mountPath + paths.token, endpoints.token],
    [mountPath + paths.jwks, endpoints.jwks],
    [mountPath + paths.revocation, endpoints.revocation],
    [mountPath + paths.userinfo, endpoints.userinfo],
    [mountPath + paths.endSession, endpoints.endSession],
  ]);
  const listener: RequestListener = (request, response) => {
    if (behaviour.clockAheadMs !== 0) {
      response.setHeader('date', new Date(Date.now() + behaviour.clockAheadMs).toUTCString());
    }
    const [path = '/'] = (request.url ?? '/').split('?');
    void (byPath.get(path) ?? endpoints.elsewhere).serve(request, response);
  };
  const server = await listen(options, () => listener);
  const second = profile.endpointsElsewhere ? await listen(otherHost(options), () => listener) : undefined;
  origins.issuer = server.origin;
  origins.endpoints = (second ?? server).origin;

  return {
    issuer: issuer(),
    port: server.port,
    profile,
    behaviour,
    ...endpoints,
    grants,
    issued,
    timesPresented: (refreshToken) =>
      endpoints.token.requests.filter(({ params }) => params.get('refresh_token') === refreshToken).length,
    afterCommit,
    metadata,
    rotateSigningKey: async () => {
      signingKey = await makeSigningKey(profile.signingAlgorithm);
    },
    close: async () => {
      await Promise.all([server.close(), second?.close()]);
    },
  };
}

/** A client that only looks whether the token endpoint works; it gets what is a standing answer, as in an outage. */
const asksForNothing = ({ params }: EndpointRequest): boolean => !params.has('grant_type');

/** The other name of the loopback address, and another port. */
function otherHost({ tls, hostName }: ListenOptions): ListenOptions {
  return {
    hostName: hostName === 'localhost' ? '127.0.0.1' : 'localhost',
    ...(tls === undefined ? {} : { tls }),
  };
}
