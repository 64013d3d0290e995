import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { makeSigningKey } from './signing-keys';
import type { SigningKey } from './signing-keys';

type Claims = Readonly<Record<string, unknown>>;

/** One way in which an ID token can differ from the plain case. `absent`: the answer has none. */
export type IdTokenVariation = keyof typeof variations | 'absent';

interface Draft {
  readonly header: Claims;
  readonly claims: Claims;
  readonly signed:
    'properly' | 'by another key' | 'not at all' | 'with the public key as a secret' | 'then changed';
}

type Variation = (draft: Draft) => Draft;

const claims =
  (changes: (claims: Claims) => Claims): Variation =>
  (draft) => ({ ...draft, claims: { ...draft.claims, ...changes(draft.claims) } });
const header =
  (changes: Record<string, unknown>): Variation =>
  (draft) => ({ ...draft, header: { ...draft.header, ...changes } });
const signed =
  (how: Draft['signed'], alg?: string): Variation =>
  (draft) => ({ ...draft, signed: how, header: alg === undefined ? draft.header : { ...draft.header, alg } });

const hour = 3600;

/** JSON leaves out what is `undefined`: that is how a claim is missing. */
const variations = {
  'wrong nonce': claims(() => ({ nonce: 'another-nonce' })),
  'no nonce': claims(() => ({ nonce: undefined })),
  'wrong aud': claims(() => ({ aud: 'another-client' })),
  'no aud': claims(() => ({ aud: undefined })),
  'several aud without azp': claims(({ aud }) => ({ aud: [String(aud), 'another-client'] })),
  'several aud with azp': claims(({ aud }) => ({ aud: [String(aud), 'another-client'], azp: String(aud) })),
  'wrong azp': claims(({ aud }) => ({ aud: [String(aud), 'another-client'], azp: 'another-client' })),
  'wrong iss': claims(() => ({ iss: 'https://another-issuer.example' })),
  'iss with a slash more': claims(({ iss }) => ({ iss: `${String(iss)}/` })),
  'no iss': claims(() => ({ iss: undefined })),
  expired: claims(({ iat }) => ({ iat: Number(iat) - 2 * hour, exp: Number(iat) - hour })),
  'no exp': claims(() => ({ exp: undefined })),
  'no iat': claims(() => ({ iat: undefined })),
  'not valid yet': claims(({ iat }) => ({ nbf: Number(iat) + hour })),
  'no sub': claims(() => ({ sub: undefined })),
  'another sub': claims(() => ({ sub: 'someone-else' })),
  'another tenant': claims(() => ({ tid: '11111111-1111-1111-1111-111111111111' })),
  'alg none': signed('not at all', 'none'),
  HS256: signed('with the public key as a secret', 'HS256'),
  'signature by another key': signed('by another key'),
  'signature of other content': signed('then changed'),
  'unknown kid': header({ kid: 'unknown' }),
  'no kid': header({ kid: undefined }),
  'critical header': header({ crit: ['unheard-of'], 'unheard-of': true }),
} as const satisfies Record<string, Variation>;

/** These are correct where one key is published, or when it is the first sign-in. */
export const acceptableIdTokens = [
  'several aud with azp',
  'no kid',
  'another sub',
  'another tenant',
] as const satisfies readonly IdTokenVariation[];

/** A client must refuse these (OpenID Connect Core 3.1.3.7). */
export const forbiddenIdTokens: readonly IdTokenVariation[] = [
  ...(Object.keys(variations) as (keyof typeof variations)[]),
  'absent' as const,
].filter((variation) => !acceptableIdTokens.some((acceptable) => acceptable === variation));

/** Signs an ID token, varied when asked for; undefined when the variation is that there is none. */
export async function makeIdToken(
  payload: Claims,
  key: SigningKey,
  variation: IdTokenVariation | undefined,
): Promise<string | undefined> {
  if (variation === 'absent') return undefined;
  const correct: Draft = {
    header: { alg: key.alg, kid: key.kid, typ: 'JWT' },
    claims: payload,
    signed: 'properly',
  };
  const draft = variation === undefined ? correct : variations[variation](correct);
  const unsigned = `${encoded(draft.header)}.${encoded(draft.claims)}`;
  switch (draft.signed) {
    case 'not at all':
      return `${unsigned}.`;
    case 'with the public key as a secret': {
      const secret = JSON.stringify(key.publicJwk);
      return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
    }
    case 'then changed': {
      const [head, , signature] = (await sign(draft, key)).split('.');
      return [head, encoded({ ...draft.claims, email: 'mallory@acme.example' }), signature].join('.');
    }
    case 'by another key':
      return sign(draft, await makeSigningKey(key.alg));
    case 'properly':
      return sign(draft, key);
  }
}

/** By hand rather than with `SignJWT`, which refuses headers that a correct issuer would not write. */
async function sign(draft: Draft, key: SigningKey): Promise<string> {
  const unsigned = `${encoded(draft.header)}.${encoded(draft.claims)}`;
  const algorithm = key.alg === 'ES256' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: 'RSASSA-PKCS1-v1_5' };
  const signature = await crypto.subtle.sign(algorithm, key.privateKey, Buffer.from(unsigned));
  return `${unsigned}.${Buffer.from(signature).toString('base64url')}`;
}

/** A correct access token in the form of RFC 9068. */
export function makeAccessToken(payload: Claims, key: SigningKey): Promise<string> {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt' })
    .sign(key.privateKey);
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
