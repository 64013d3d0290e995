import type { Protocol } from 'devtools-protocol';

/** The net error codes an app's own pages can meet (Chromium's net_error_list). */
const CODES: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_INVALID_ARGUMENT: -4,
  ERR_FILE_NOT_FOUND: -6,
  ERR_TIMED_OUT: -7,
  ERR_UNEXPECTED: -9,
  ERR_ACCESS_DENIED: -10,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_CONNECTION_CLOSED: -100,
  ERR_CONNECTION_RESET: -101,
  ERR_CONNECTION_REFUSED: -102,
  ERR_CONNECTION_FAILED: -104,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_SSL_PROTOCOL_ERROR: -107,
  ERR_ADDRESS_UNREACHABLE: -109,
  ERR_CERT_AUTHORITY_INVALID: -202,
  ERR_INVALID_URL: -300,
  ERR_DISALLOWED_URL_SCHEME: -301,
  ERR_UNKNOWN_URL_SCHEME: -302,
  ERR_TOO_MANY_REDIRECTS: -310,
  ERR_UNSAFE_PORT: -312,
  ERR_INVALID_RESPONSE: -320,
  ERR_EMPTY_RESPONSE: -324,
};

/** A failed load as Electron reports it. */
export interface LoadFailure {
  readonly code: number;
  readonly description: string;
}

export const ABORTED: LoadFailure = { code: -3, description: 'ERR_ABORTED' };
export const UNEXPECTED: LoadFailure = { code: -9, description: 'ERR_UNEXPECTED' };
export const FAILED: LoadFailure = { code: -2, description: 'ERR_FAILED' };

/** Reads DevTools' "net::ERR_NAME"; a name without a known number is told as ERR_FAILED's. */
export function loadFailure(errorText: string): LoadFailure {
  const description = errorText.replace(/^net::/, '');
  return { code: CODES[description] ?? FAILED.code, description };
}

/** What `Fetch.failRequest` is told so that the page sees a failure of this kind. */
export function fetchReason(failure: LoadFailure): Protocol.Network.ErrorReason {
  if (failure.code === ABORTED.code) return 'Aborted';
  return failure.code === CODES['ERR_BLOCKED_BY_CLIENT'] ? 'BlockedByClient' : 'Failed';
}
