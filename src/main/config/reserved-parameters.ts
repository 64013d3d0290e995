/**
 * Parameters that a sign-in sets anew each time, or that would change what kind of sign-in it is; a configuration may
 * not add them (RFC 6749, RFC 7636, RFC 8707, RFC 9101, OIDC Core 3.1.2.1).
 */
export const reservedParameters: ReadonlySet<string> = new Set([
  'audience',
  'claims',
  'client_assertion',
  'client_assertion_type',
  'client_id',
  'client_secret',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'dpop_jkt',
  'grant_type',
  'id_token_hint',
  'iss',
  'nonce',
  'prompt',
  'redirect_uri',
  'refresh_token',
  'registration',
  'request',
  'request_uri',
  'resource',
  'response_mode',
  'response_type',
  'scope',
  'state',
]);
