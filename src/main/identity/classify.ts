import { failure } from '../base/failure';
import type { Failure } from '../base/failure';
import { NetworkError, networkFailure } from '../base/net';

/**
 * The one place where something thrown becomes a failure. The libraries' errors hold live tokens in their causes, so
 * nothing of them is kept: no message, no body, no cause; only which kind of error it is.
 */
export function classify(thrown: unknown): Failure {
  if (thrown instanceof NetworkError)
    return networkFailure(thrown, {
      tooLarge: 'TOKEN_BAD_RESPONSE',
      forbiddenAddress: 'DISC_PRIVATE_ENDPOINT',
    });
  const code = libraryCode(thrown);
  if (code === undefined) return failure('INTERNAL_ERROR');
  return failure(answerCodes.has(code) ? 'TOKEN_BAD_RESPONSE' : 'ID_TOKEN_INVALID');
}

/** The response itself was not what OAuth asks for; every other library error is about the ID token in it. */
const answerCodes = new Set([
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_RESPONSE_BODY_ERROR',
  'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
]);

function libraryCode(thrown: unknown): string | undefined {
  const code = codeOf(thrown);
  return code?.startsWith('OAUTH_') === true ? code : undefined;
}

const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;

/** The ID token was outside its time: its fault, or this computer's clock's. */
export const isAboutTime = (thrown: unknown): boolean =>
  codeOf(thrown) === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED';

/** Whether the `iss` claim of the ID token was the one at fault. */
export function isAboutIssuer(thrown: unknown): boolean {
  const inner = thrown instanceof Error ? thrown.cause : undefined;
  const details = inner instanceof Error ? inner.cause : undefined;
  return typeof details === 'object' && details !== null && 'claim' in details && details.claim === 'iss';
}
