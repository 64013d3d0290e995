import type { Code } from '../../contract/codes';
import { failure } from '../base/failure';
import type { Failure } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { rejectionParams } from './rejection-params';
import type { TokenAnswer } from './token-answer';
import { withoutSecrets } from './without-secrets';

type ErrorAnswer = Extract<TokenAnswer, { kind: 'error' }>;

/** Refusals that say the same for a code and for a refresh token (RFC 6749 5.2, RFC 8707 2, OIDC Core 3.1.2.6). */
const commonCodes: Readonly<Record<string, Code>> = {
  invalid_client: 'CLIENT_REJECTED',
  unauthorized_client: 'CLIENT_REJECTED',
  unsupported_grant_type: 'CLIENT_REJECTED',
  invalid_request: 'CLIENT_REJECTED',
  invalid_scope: 'SCOPE_REJECTED',
  invalid_target: 'SCOPE_REJECTED',
};

/** The code of a refusal by name, if the name is one of these. */
export function refusalCode({ error }: ErrorAnswer, own: Readonly<Record<string, Code>>): Code | undefined {
  if (error === undefined) return undefined;
  const codes = { ...commonCodes, ...own };
  return Object.hasOwn(codes, error) ? codes[error] : undefined;
}

/** A refusal as a failure, with the provider's words unless they repeat a secret of the request. */
export function refusal(
  code: Code,
  answer: ErrorAnswer,
  client: OAuthClientSettings,
  secrets: readonly string[],
): Failure {
  const words = [answer.error, answer.description].filter((part) => part !== undefined).join(': ');
  const text = withoutSecrets(words, secrets);
  return failure(code, rejectionParams(code, client), text === '' ? undefined : text);
}

/** 400 or 401 without a reason that can be read: dead tokens get this at some providers. */
export const isWithoutReason = ({ status, error }: ErrorAnswer): boolean =>
  (status === 400 || status === 401) && error === undefined;

/** The provider is in trouble: what became of the request is unknown. */
export const isOutage = ({ status, error }: ErrorAnswer): boolean =>
  status >= 500 || status === 408 || error === 'server_error' || error === 'temporarily_unavailable';
