import { createHash, randomBytes } from 'node:crypto';
import { rawClient } from '../../e2e/servers/code-flow';
import type { Surroundings } from './contest';

/** What a client that was signed in once has: the endpoints and a refresh token. */
export async function signedIn({ issuer, ca }: Pick<Surroundings, 'issuer' | 'ca'>) {
  const client = rawClient(issuer, {
    ca,
    redirectUri: 'http://127.0.0.1:8666/callback',
    scope: 'openid profile offline_access',
  });
  const endpoints = await client.discover();
  const { body } = await client.signIn();
  return { endpoints, refreshToken: String(body['refresh_token']) };
}

export const random = () => randomBytes(32).toString('base64url');

/** RFC 7636 4.2. */
export const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
