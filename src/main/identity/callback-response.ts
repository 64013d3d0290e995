import type { Code } from '../../contract/codes';
import { failed, failure, success } from '../base/failure';
import type { Failure, Result } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { Secret } from '../base/secret';
import type { CallbackResponse } from './callback-listeners';
import { rejectionParams } from './rejection-params';
import { withoutSecrets } from './without-secrets';

const errorCodes: Readonly<Record<string, Code>> = {
  access_denied: 'LOGIN_DENIED',
  invalid_scope: 'SCOPE_REJECTED',
  invalid_target: 'SCOPE_REJECTED',
  invalid_client: 'CLIENT_REJECTED',
  unauthorized_client: 'CLIENT_REJECTED',
  unsupported_response_type: 'CLIENT_REJECTED',
};

/**
 * The authorization code in a callback whose state was already found right (RFC 6749 4.1.2, RFC 9207 2.4). Whatever
 * else it contains ends the flow: an answer to another response type, or one that says two things at once.
 */
export function authorizationCodeIn(
  { query }: CallbackResponse,
  client: OAuthClientSettings,
  issAdvertised: boolean,
): Result<Secret> {
  const parameters = new URLSearchParams(query.reveal());
  const iss = parameters.getAll('iss');
  if (iss.length > 1 || (iss[0] !== undefined && iss[0] !== client.issuer))
    return issMismatch(client, iss[0]);
  const codes = parameters.getAll('code');
  const errors = parameters.getAll('error');
  if (errors.length + codes.length !== 1 || foreignParameters.some((name) => parameters.has(name)))
    return failed('LOGIN_BAD_RESPONSE', { issuer: client.issuer });
  const [error] = errors;
  if (error !== undefined) return { ok: false, failure: providerError(error, parameters, client) };
  if (issAdvertised && iss.length === 0) return issMismatch(client, undefined);
  const [code = ''] = codes;
  return code === '' ? failed('LOGIN_BAD_RESPONSE', { issuer: client.issuer }) : success(new Secret(code));
}

/** Answers of JARM, the implicit and the hybrid flow, none of which was asked for. */
const foreignParameters = ['response', 'id_token', 'access_token', 'token'];

const issMismatch = ({ issuer }: OAuthClientSettings, actual: string | undefined): Result<never> =>
  failed('LOGIN_ISS_MISMATCH', { issuer, ...(actual !== undefined && { actual: cleanIssuer(actual) }) });

const cleanIssuer = (text: string): string => (URL.canParse(text) ? new URL(text).origin : '?');

/** What an `error` of the provider means; its words without the state, which is a secret of the flow. */
export function providerError(
  error: string,
  parameters: URLSearchParams,
  client: OAuthClientSettings,
): Failure {
  const code = (Object.hasOwn(errorCodes, error) ? errorCodes[error] : undefined) ?? 'LOGIN_IDP_ERROR';
  const words = [error, parameters.get('error_description') ?? ''].filter((part) => part !== '').join(': ');
  const text = withoutSecrets(words, [parameters.get('state') ?? '']);
  return failure(code, rejectionParams(code, client), text);
}
