/** One request as it arrived, secrets included: tests look for them elsewhere. */
export interface SeenRequest {
  readonly method: string;
  /** Below the issuer's path, as in `/token`. */
  readonly path: string;
  /** Query and form parameters together. */
  readonly params: Readonly<Record<string, string>>;
  /** What was answered; 0 while the answer is being made. */
  readonly status: number;
}

export type IssuedKind = 'code' | 'access_token' | 'refresh_token' | 'id_token';

/** A secret this provider handed out, for searching where it must not be. */
export interface Issued {
  readonly kind: IssuedKind;
  readonly value: string;
}

export interface RequestCounts {
  readonly discovery: number;
  readonly jwks: number;
  readonly authorize: number;
  /** Token requests by `grant_type`. */
  readonly token: Readonly<Record<'authorization_code' | 'refresh_token', number>>;
  readonly revocation: number;
  readonly userinfo: number;
  readonly endSession: number;
}

export const endpointPaths = {
  authorization: '/authorize',
  token: '/token',
  revocation: '/revoke',
  userinfo: '/userinfo',
  jwks: '/jwks',
  end_session: '/logout',
} as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What the provider was asked and what it gave away. */
export class Observation {
  readonly requests: SeenRequest[] = [];
  readonly issued: Issued[] = [];
  #mostTokenRequestsAtOnce = 0;

  /** So many token requests were being answered at one time, at most. */
  get mostTokenRequestsAtOnce(): number {
    return this.#mostTokenRequestsAtOnce;
  }

  /** Notes a request at once; the returned function completes it before the answer leaves. */
  begin(method: string, path: string, query: object): (status: number, form: object) => void {
    const seen: Mutable<SeenRequest> = { method, path, params: texts(query), status: 0 };
    this.requests.push(seen);
    const running = this.requests.filter((one) => one.path === endpointPaths.token && one.status === 0);
    this.#mostTokenRequestsAtOnce = Math.max(this.#mostTokenRequestsAtOnce, running.length);
    return (status, form) => {
      seen.status = status;
      seen.params = { ...seen.params, ...texts(form) };
    };
  }

  issue(kind: IssuedKind, value: unknown): void {
    if (typeof value !== 'string' || this.issued.some((known) => known.value === value)) return;
    this.issued.push({ kind, value });
  }

  get counts(): RequestCounts {
    const count = (path: string, params: Record<string, string> = {}) =>
      this.requests.filter(
        (seen) =>
          seen.path === path &&
          seen.method !== 'OPTIONS' &&
          Object.entries(params).every(([name, value]) => seen.params[name] === value),
      ).length;
    return {
      discovery:
        count('/.well-known/openid-configuration') + count('/.well-known/oauth-authorization-server'),
      jwks: count(endpointPaths.jwks),
      authorize: count(endpointPaths.authorization),
      token: {
        authorization_code: count(endpointPaths.token, { grant_type: 'authorization_code' }),
        refresh_token: count(endpointPaths.token, { grant_type: 'refresh_token' }),
      },
      revocation: count(endpointPaths.revocation),
      userinfo: count(endpointPaths.userinfo),
      endSession: count(endpointPaths.end_session),
    };
  }

  /** How often this refresh token was sent in to be used. */
  timesPresented(refreshToken: string): number {
    return this.requests.filter(
      ({ params }) => params['grant_type'] === 'refresh_token' && params['refresh_token'] === refreshToken,
    ).length;
  }
}

function texts(values: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
