import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { send } from '../http-client';

export interface TokenCheckOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Certificate authority of the issuer, PEM. */
  readonly issuerCa?: string;
}

export type CheckedToken =
  { readonly ok: true; readonly claims: JWTPayload } | { readonly ok: false; readonly reason: string };

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Validates access tokens as an API does: signature by the issuer's keys, issuer, audience and expiry. */
export function tokenCheck(options: TokenCheckOptions): (token: string) => Promise<CheckedToken> {
  let keys: Promise<KeySet> | undefined;
  const verify = async (token: string, keySet: KeySet): Promise<CheckedToken> => {
    const { payload } = await jwtVerify(token, keySet, {
      issuer: options.issuer,
      audience: options.audience,
      requiredClaims: ['exp', 'sub'],
    });
    return { ok: true, claims: payload };
  };
  return async (token) => {
    try {
      keys ??= fetchKeys(options);
      return await verify(token, await keys).catch(async (error: unknown) => {
        // The issuer may have new keys since.
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        keys = fetchKeys(options);
        return verify(token, await keys);
      });
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) keys = undefined;
      return { ok: false, reason: error instanceof Error ? error.message : 'the token is not valid' };
    }
  };
}

async function fetchKeys({ issuer, issuerCa }: TokenCheckOptions): Promise<KeySet> {
  const trust = issuerCa === undefined ? {} : { ca: issuerCa };
  const metadata = await send({
    url: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    ...trust,
  });
  const { jwks_uri } = JSON.parse(metadata.body) as { jwks_uri: string };
  const keys = await send({ url: jwks_uri, ...trust });
  return createLocalJWKSet(JSON.parse(keys.body) as JSONWebKeySet);
}
