import { createHash, randomBytes } from 'node:crypto';
import { finishSignIn } from './browser';
import type { FinishOptions } from './browser';
import { send } from './http-client';
import type { HttpAnswer } from './http-client';

/** What a token endpoint answered: the status, and the JSON body where it is one. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly http: HttpAnswer;
}

export interface FlowOptions extends FinishOptions {
  readonly clientId?: string;
  readonly scope?: string;
  readonly redirectUri?: string;
  /** Further parameters of the authorization request. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** The parts of the provider's metadata that a code flow needs, as published. */
export interface Endpoints {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly revocation_endpoint?: string;
  readonly userinfo_endpoint?: string;
}

/**
 * A plain OAuth client without any library, for tests of the servers themselves: it checks nothing and shows
 * everything.
 */
export function rawClient(issuer: string, options: FlowOptions = {}) {
  const clientId = options.clientId ?? 'gatepass';
  const redirectUri = options.redirectUri ?? 'http://127.0.0.1:8666/callback';
  const trust = options.ca === undefined ? {} : { ca: options.ca };

  const discover = async (): Promise<Endpoints> => {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    return JSON.parse((await send({ url: address, ...trust })).body) as Endpoints;
  };
  const post = async (url: string | undefined, form: Record<string, string>): Promise<TokenAnswer> => {
    if (url === undefined) throw new Error('The provider has no such endpoint');
    const http = await send({ url, form: { client_id: clientId, ...form }, ...trust });
    const json = http.headers['content-type']?.includes('json') === true;
    return { status: http.status, body: json ? (JSON.parse(http.body) as TokenAnswer['body']) : {}, http };
  };
  const refresh = async (refreshToken: unknown): Promise<TokenAnswer> =>
    post((await discover()).token_endpoint, {
      grant_type: 'refresh_token',
      refresh_token: String(refreshToken),
    });

  return {
    discover,
    refresh,
    /** Signs in up to the callback, which is not requested. */
    async authorize(): Promise<{ callback: URL; verifier: string; nonce: string; state: string }> {
      const [verifier, nonce, state] = [random(), random(), random()];
      const url = new URL((await discover()).authorization_endpoint);
      url.search = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: options.scope ?? 'openid offline_access',
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...options.extra,
      }).toString();
      const callback = new URL(await finishSignIn(url.href, { ...options, deliver: false }));
      return { callback, verifier, nonce, state };
    },
    async exchange(code: string | null, verifier: string): Promise<TokenAnswer> {
      return post((await discover()).token_endpoint, {
        grant_type: 'authorization_code',
        code: code ?? '',
        redirect_uri: redirectUri,
        code_verifier: verifier,
      });
    },
    async signIn(): Promise<TokenAnswer> {
      const { callback, verifier } = await this.authorize();
      return this.exchange(callback.searchParams.get('code'), verifier);
    },
    async revoke(token: unknown): Promise<TokenAnswer> {
      return post((await discover()).revocation_endpoint, { token: String(token) });
    },
  };
}

const random = (): string => randomBytes(32).toString('base64url');
