import * as oidc from 'openid-client';
import type { Clock } from '../base/clock';
import { failure } from '../base/failure';
import type { Failure } from '../base/failure';
import { dateSkewSeconds, NetworkError } from '../base/net';
import type { Network } from '../base/net';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';
import { classify, isAboutIssuer, isAboutTime } from './classify';
import { addressRuleFor } from './endpoint-rules';
import { getWithRetries } from './get-with-retries';
import { identityOf } from './identity-of';
import { offerKnownKeys, rememberKeys } from './signing-keys';
import { tokenSet } from './token-set';
import { readTokenAnswer } from './token-answer';
import type { TokenAnswer } from './token-answer';
import type { Provider, TokenSet } from './types';

export interface GrantOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly provider: Provider;
  readonly client: OAuthClientSettings;
  readonly signal?: AbortSignal;
  /** Called with a refresh token as soon as it is read, before anything else of the answer is looked at. */
  readonly onRefreshToken?: (token: Secret) => Promise<void>;
}

/** How a token request ended. */
export type GrantResult =
  | { readonly kind: 'tokens'; readonly tokens: TokenSet }
  | { readonly kind: 'error'; readonly answer: Extract<TokenAnswer, { kind: 'error' }> }
  /** The request, or its answer, was lost. */
  | { readonly kind: 'network'; readonly error: NetworkError }
  /** A success without any token in it. */
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  | { readonly kind: 'unusable'; readonly failure: Failure; readonly aboutIssuer?: boolean };

type Perform = (
  config: oidc.Configuration,
) => Promise<oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers>;

type Tokens = Extract<TokenAnswer, { kind: 'tokens' }>;

/** An ID token is still good so many seconds after it expired. */
const clockToleranceSeconds = 30;
const tokenDeadlineMs = 15_000;

/**
 * One grant at the token endpoint, sent once. The library builds the request and validates the ID token, signature
 * included; what it gets to see is an answer we have already read, without refresh token and lifetime, so that the
 * shapes it throws at cannot lose a rotated token.
 */
export class Grant {
  readonly #options: GrantOptions;
  #answer: Tokens | undefined;
  /** Why the library was not let go on. */
  #stopped: GrantResult | undefined;
  #skewSeconds = 0;

  constructor(options: GrantOptions) {
    this.#options = options;
  }

  async run(perform: Perform): Promise<GrantResult> {
    const first = await this.#validate(perform, 0);
    if (first.kind !== 'outside-its-time') return first.result;
    // By this computer's clock the token is not valid now; by the clock of who issued it, it may be.
    if (Math.abs(this.#skewSeconds) <= 2 * clockToleranceSeconds)
      return { kind: 'unusable', failure: this.#named('ID_TOKEN_INVALID') };
    const second = await this.#validate(perform, this.#skewSeconds);
    if (second.kind === 'outside-its-time')
      return {
        kind: 'unusable',
        failure: failure('CLOCK_SKEW', { seconds: Math.abs(this.#skewSeconds) }),
      };
    return second.result;
  }

  async #validate(
    perform: Perform,
    skewSeconds: number,
  ): Promise<
    { readonly kind: 'done'; readonly result: GrantResult } | { readonly kind: 'outside-its-time' }
  > {
    const { provider } = this.#options;
    const config = this.#configuration(skewSeconds);
    try {
      const response = await perform(config);
      rememberKeys(provider, config);
      return { kind: 'done', result: this.#tokens(response.claims()) };
    } catch (thrown) {
      if (this.#stopped !== undefined) return { kind: 'done', result: this.#stopped };
      if (isAboutTime(thrown)) return { kind: 'outside-its-time' };
      const { code } = classify(thrown);
      return {
        kind: 'done',
        result: {
          kind: 'unusable',
          failure: this.#named(code === 'INTERNAL_ERROR' ? 'ID_TOKEN_INVALID' : code),
          aboutIssuer: isAboutIssuer(thrown),
        },
      };
    }
  }

  #configuration(skewSeconds: number): oidc.Configuration {
    const { provider, client } = this.#options;
    const { id_token_signing_alg_values_supported: algorithms, ...metadata } = provider.metadata;
    const config = new oidc.Configuration(
      {
        ...metadata,
        ...(algorithms !== undefined && { id_token_signing_alg_values_supported: [...algorithms] }),
      },
      client.clientId,
      { [oidc.clockSkew]: skewSeconds, [oidc.clockTolerance]: clockToleranceSeconds },
      oidc.None(),
    );
    // Deprecated as a warning sign only: discovery has let http through on loopback alone, for development.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (hasPlainHttp(provider)) oidc.allowInsecureRequests(config);
    oidc.enableNonRepudiationChecks(config);
    // Deadlines are the network's; 0 switches the library's own timer off.
    config.timeout = 0;
    config[oidc.customFetch] = (url, request) =>
      url === metadata.jwks_uri ? this.#fetchKeys(url) : this.#fetchTokens(url, request, config);
    return config;
  }

  async #fetchTokens(
    url: string,
    request: oidc.CustomFetchOptions,
    config: oidc.Configuration,
  ): Promise<Response> {
    const answer = (this.#answer ??= await this.#send(url, request));
    const { id_token, ...fields } = answer.fields;
    const expectsIdToken = this.#options.client.scopes.includes('openid');
    if (id_token !== undefined) offerKnownKeys(this.#options.provider, config, id_token);
    const visible = expectsIdToken && id_token !== undefined ? { ...fields, id_token } : fields;
    return Response.json(visible);
  }

  async #send(url: string, request: oidc.CustomFetchOptions): Promise<Tokens> {
    const { network, clock, provider, signal, onRefreshToken } = this.#options;
    let response: Response;
    try {
      response = await network.fetch(url, {
        method: 'POST',
        headers: request.headers,
        body: request.body instanceof URLSearchParams ? request.body : '',
        deadlineMs: tokenDeadlineMs,
        addresses: addressRuleFor(provider, url),
        fresh: true,
        ...(signal !== undefined && { signal }),
      });
    } catch (error) {
      if (error instanceof NetworkError) this.#stop({ kind: 'network', error });
      throw error;
    }
    const answer = readTokenAnswer(response, await response.text(), clock.now());
    if (answer.kind !== 'error' && answer.refreshToken !== undefined)
      await onRefreshToken?.(answer.refreshToken);
    this.#skewSeconds = dateSkewSeconds(response.headers, clock.now()) ?? 0;
    if (answer.kind === 'error') return this.#stop({ kind: 'error', answer });
    if (answer.kind === 'unusable') {
      const isUnreadable = answer.field === undefined && answer.refreshToken === undefined;
      const kind = isUnreadable ? 'unreadable' : 'unusable';
      return this.#stop({ kind, failure: this.#named(answer.code, answer.field) });
    }
    return answer;
  }

  async #fetchKeys(url: string): Promise<Response> {
    const { network, clock, provider, signal } = this.#options;
    const keys = await getWithRetries(
      url,
      { headers: { accept: 'application/json' }, addresses: addressRuleFor(provider, url) },
      {
        network,
        clock,
        tries: 2,
        codes: { tooLarge: 'ID_TOKEN_INVALID', forbiddenAddress: 'DISC_PRIVATE_ENDPOINT' },
        ...(signal !== undefined && { signal }),
      },
    );
    return keys.ok ? keys.value : this.#stop({ kind: 'unusable', failure: keys.failure });
  }

  #stop(result: GrantResult): never {
    this.#stopped = result;
    throw new Error('stopped');
  }

  #tokens(claims: oidc.IDToken | undefined): GrantResult {
    const { client } = this.#options;
    const answer = this.#answer;
    const identity = claims && identityOf(claims, client.issuer, client.clientId);
    if (answer === undefined || (claims !== undefined && identity === undefined))
      return { kind: 'unusable', failure: this.#named('ID_TOKEN_INVALID') };
    return { kind: 'tokens', tokens: tokenSet(answer, identity, client, this.#skewSeconds) };
  }

  #named(code: Failure['code'], field?: string): Failure {
    const { issuer } = this.#options.client;
    return failure(code, field === undefined ? { issuer } : { issuer, field });
  }
}

const hasPlainHttp = ({ metadata }: Provider): boolean =>
  [metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri].some(
    (url) => url?.startsWith('http:') === true,
  );
