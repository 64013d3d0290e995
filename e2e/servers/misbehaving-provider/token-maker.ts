import { randomBytes } from 'node:crypto';
import { personNamed } from '../identity-provider/people';
import { patched } from './behaviour';
import type { Behaviour, Patch } from './behaviour';
import type { Grant, GrantBook } from './grant-book';
import { makeAccessToken, makeIdToken } from './id-token';
import type { Profile } from './profile';
import type { SigningKey } from './signing-keys';

export interface TokenMakerOptions {
  readonly profile: Profile;
  readonly behaviour: Behaviour;
  readonly grants: GrantBook;
  /** Told of every access and ID token that is made. */
  readonly note: (kind: 'access_token' | 'id_token', value: unknown) => void;
  readonly issuer: () => string;
  readonly defaultAudience: string;
  readonly signingKey: () => SigningKey;
}

/** Makes the bodies of successful token answers. */
export class TokenMaker {
  readonly #options: TokenMakerOptions;

  constructor(options: TokenMakerOptions) {
    this.#options = options;
  }

  forCode(grant: Grant): Promise<Patch> {
    const { refreshTokens } = this.#options.profile;
    const offline = grant.scope.split(' ').includes('offline_access');
    const wanted = refreshTokens === 'always' || (refreshTokens !== 'never' && offline);
    return this.#body(grant, wanted ? this.#options.grants.issueRefreshToken(grant) : undefined, true);
  }

  forRefresh(grant: Grant, refreshToken: string | undefined): Promise<Patch> {
    return this.#body(grant, refreshToken, this.#options.behaviour.idTokenOnRefresh);
  }

  async #body(grant: Grant, refreshToken: string | undefined, withIdToken: boolean): Promise<Patch> {
    const { behaviour, profile } = this.#options;
    const scopes = grant.scope.split(' ');
    const body = {
      access_token: await this.#accessToken(grant),
      token_type: 'Bearer',
      expires_in: behaviour.accessTokenSeconds,
      refresh_token: refreshToken,
      id_token: withIdToken && scopes.includes('openid') ? await this.#idToken(grant) : undefined,
      ...scopeMember(profile, scopes),
    };
    this.#options.note('access_token', body.access_token);
    this.#options.note('id_token', body.id_token);
    return patched(body, behaviour.tokenResponse);
  }

  #accessToken(grant: Grant): Promise<string> {
    const { behaviour, profile, defaultAudience } = this.#options;
    if (grant.audience === undefined && profile.opaqueWithoutAudience) {
      return Promise.resolve(`canary-access-${randomBytes(24).toString('base64url')}`);
    }
    const { sub, email } = personNamed(grant.sub);
    const aud = grant.audience ?? defaultAudience;
    const times = this.#times(behaviour.accessTokenSeconds);
    return makeAccessToken(
      {
        iss: this.#options.issuer(),
        sub,
        aud,
        email,
        roles: ['reader'],
        scope: grant.scope,
        jti: jti(),
        ...times,
      },
      this.#options.signingKey(),
    );
  }

  #idToken(grant: Grant): Promise<string | undefined> {
    const { behaviour } = this.#options;
    const claims = {
      iss: this.#options.issuer(),
      aud: grant.clientId,
      ...personNamed(grant.sub),
      ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
      ...this.#times(3600),
    };
    return makeIdToken(
      { ...claims, ...behaviour.idTokenClaims },
      this.#options.signingKey(),
      behaviour.idToken,
    );
  }

  #times(seconds: number): { iat: number; exp: number } {
    const iat = Math.floor((Date.now() + this.#options.behaviour.clockAheadMs) / 1000);
    return { iat, exp: iat + Math.max(Math.floor(seconds), 1) };
  }
}

/** Every access token differs, also those of one second. */
const jti = () => randomBytes(9).toString('base64url');

function scopeMember(profile: Profile, scopes: readonly string[]): Patch {
  switch (profile.scopeInAnswer) {
    case 'absent':
      return {};
    case 'without offline_access':
      return { scope: scopes.filter((scope) => scope !== 'offline_access').join(' ') };
    case 'granted':
      return { scope: scopes.join(' ') };
  }
}
