import { generateKeyPairSync } from 'node:crypto';
import { type Account, GlewlwydAccount } from './account';

/** Set by the SQL script that makes the database. */
const firstAdministrator: Account = { username: 'admin', password: 'password' };

interface Setup {
  readonly origin: string;
  readonly issuer: string;
  readonly person: Account & { readonly email: string };
  readonly clientId: string;
  readonly redirectUri: string;
}

/** Sets up over Glewlwyd's own administration API what an administrator clicks together: provider, person, public client. */
export async function configure({ origin, issuer, person, clientId, redirectUri }: Setup): Promise<void> {
  const administrator = new GlewlwydAccount(origin);
  await administrator.signIn(firstAdministrator);
  await administrator.post('mod/plugin/', {
    module: 'oidc',
    name: 'oidc',
    display_name: 'OpenID Connect',
    parameters: oidcParameters(issuer),
  });
  await administrator.post('user/', {
    ...person,
    name: 'Alice',
    enabled: true,
    scope: ['openid', 'g_profile'],
  });
  await administrator.post('client/', {
    client_id: clientId,
    name: 'Gatepass',
    confidential: false,
    enabled: true,
    redirect_uri: [redirectUri],
    authorization_type: ['code', 'refresh_token'],
    token_endpoint_auth_method: ['none'],
    scope: [],
  });
}

/** PKCE required, refresh tokens for one use each, revocation as Glewlwyd offers it. */
function oidcParameters(issuer: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return {
    iss: issuer,
    'subject-type': 'public',
    'jwt-type': 'rsa',
    'jwt-key-size': '256',
    key: privateKey,
    cert: publicKey,
    'jwks-show': true,
    'access-token-duration': 3600,
    'refresh-token-duration': 86_400,
    'refresh-token-rolling': false,
    'refresh-token-one-use': 'always',
    'code-duration': 60,
    'allow-non-oidc': false,
    'auth-type-code-enabled': true,
    'auth-type-token-enabled': false,
    'auth-type-password-enabled': false,
    'auth-type-client-enabled': false,
    'auth-type-refresh-enabled': true,
    'pkce-allowed': true,
    'pkce-required': true,
    'pkce-method-plain-allowed': false,
    'introspection-revocation-allowed': true,
    'introspection-revocation-allow-target-client': true,
    'email-claim': 'mandatory',
  };
}
