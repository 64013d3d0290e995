/**
 * Every failure Gatepass can name. A code is stable: support guides, tests and other tools rely on it. Its sentence,
 * next step and help text live in the message catalogue under the same name; no branch depends on their wording.
 *
 * The value says who moves next:
 * `app` retries by itself · `user` tries again · `sign-in` is needed · `fix` means someone changes a configuration ·
 * `stop` means do not continue · `info` needs nobody.
 */
export const codes = {
  // Discovery (OIDC Discovery 1.0, RFC 8414)
  DISC_NOT_FOUND: 'fix',
  DISC_NOT_JSON: 'user',
  DISC_TOO_LARGE: 'fix',
  DISC_REDIRECT: 'fix',
  DISC_ISSUER_MISMATCH: 'fix',
  DISC_METADATA_INVALID: 'fix',
  DISC_NO_PKCE: 'fix',
  DISC_PRIVATE_ENDPOINT: 'fix',

  // Network
  NET_TIMEOUT: 'app',
  NET_TLS: 'fix',
  NET_DNS: 'app',
  NET_OFFLINE: 'app',
  NET_REFUSED: 'app',
  NET_PROXY_AUTH: 'fix',
  NET_INTERRUPTED: 'app',

  // Signing in (RFC 6749, RFC 8252, RFC 9207)
  LOGIN_DENIED: 'user',
  LOGIN_IDP_ERROR: 'user',
  LOGIN_BAD_RESPONSE: 'user',
  LOGIN_ISS_MISMATCH: 'stop',
  LOGIN_PORT_BUSY: 'user',
  LOGIN_BROWSER_FAILED: 'user',
  LOGIN_TIMEOUT: 'user',
  LOGIN_CANCELLED: 'info',
  LOGIN_CODE_REJECTED: 'user',
  LOGIN_INTERRUPTED: 'user',

  // Token endpoint and sessions
  IDP_UNAVAILABLE: 'app',
  IDP_RATE_LIMITED: 'app',
  CLIENT_REJECTED: 'fix',
  SCOPE_REJECTED: 'fix',
  SCOPE_MISSING: 'fix',
  SESSION_ENDED: 'sign-in',
  SESSION_INTERRUPTED: 'sign-in',
  REAUTH_REQUIRED: 'sign-in',
  TOKEN_BAD_RESPONSE: 'app',
  TOKEN_TYPE_UNSUPPORTED: 'fix',
  NO_REFRESH_TOKEN: 'user',
  IDENTITY_CHANGED: 'sign-in',
  ID_TOKEN_INVALID: 'stop',
  CLOCK_SKEW: 'user',
  REVOKE_FAILED: 'info',
  OP_STALE: 'info',

  // Registry
  REGISTRY_REJECTED_TOKEN: 'fix',
  REGISTRY_FORBIDDEN: 'fix',
  REGISTRY_NOT_FOUND: 'fix',
  REGISTRY_NOT_A_REGISTRY: 'fix',
  REGISTRY_REDIRECTED: 'fix',
  REGISTRY_ANSWER_TOO_LARGE: 'fix',
  REGISTRY_NEEDS_SIGN_IN: 'fix',
  REGISTRY_FILE_NEEDS_SIGN_IN: 'fix',
  REGISTRY_SIGN_IN_INVALID: 'fix',
  REGISTRY_UNAVAILABLE: 'app',
  REGISTRY_PRIVATE_ADDRESS: 'fix',
  REGISTRY_AUTH_REQUIRED: 'sign-in',
  REGISTRY_TOO_MANY_SERVERS: 'user',
  REGISTRY_LINK_NOT_OPENED: 'user',

  // Tokens of registries without a sign-in (auth type bearer)
  TOKEN_REFUSED: 'fix',
  TOKEN_UNUSABLE: 'fix',
  TOKEN_FILE_UNREADABLE: 'fix',
  TOKEN_FILE_EXPOSED: 'fix',

  // Storage and life cycle
  /** A file that a person asked for, such as an exported policy. */
  FILE_NOT_SAVED: 'user',
  STORE_LOCKED: 'user',
  STORE_UNAVAILABLE: 'user',
  STORE_UNREADABLE: 'sign-in',
  STORE_FULL: 'user',
  STORE_WRITE_FAILED: 'user',
  /** The records cannot be read now, so nobody can tell who is signed in; nothing is known to be wrong with them. */
  STORE_READ_FAILED: 'fix',
  STORE_CONTENDED: 'app',

  // Configuration
  CFG_INVALID: 'fix',
  CFG_TOO_LARGE: 'fix',
  CFG_DUPLICATE_ID: 'fix',
  CFG_DUPLICATE_REGISTRY: 'fix',
  CFG_MANAGED_URL: 'fix',
  CFG_RESERVED_PARAM: 'fix',
  CFG_ISSUER_NOT_HTTPS: 'fix',
  CFG_ISSUER_USERINFO: 'fix',
  CFG_ISSUER_INVALID: 'fix',
  CFG_ISSUER_IS_METADATA_URL: 'fix',
  CFG_ISSUER_UNSUPPORTED: 'fix',
  CFG_ISSUER_ORG_SERVER: 'fix',
  CFG_ISSUER_NOT_ALLOWED: 'fix',
  CFG_URL_SCHEME: 'fix',
  CFG_URL_INVALID: 'fix',
  CFG_UNKNOWN_KEY: 'fix',
  CFG_HOST_SUSPICIOUS: 'user',
  CFG_ISSUER_CHANGED: 'user',
  CFG_POLICY_ISSUER_CHANGED: 'info',
  CFG_UNREADABLE: 'fix',
  CFG_NOT_WRITABLE: 'user',
  CFG_POLICY_UNTRUSTED: 'fix',
  CFG_POLICY_LAST_GOOD: 'fix',
  CFG_POLICY_UNKNOWN: 'fix',
  CFG_CA_FILE_UNUSABLE: 'fix',
  LAUNCH_AT_LOGIN_FAILED: 'fix',
  /** A value that the organization set; refused in main, whatever way the change came. */
  SETTING_LOCKED: 'fix',

  // The gateway for other programs
  GATEWAY_PORT_UNAVAILABLE: 'fix',
  GATEWAY_FILE_FAILED: 'fix',

  // Self-test and report
  CHECK_TIMED_OUT: 'user',
  CHECK_TLS_INSPECTED: 'fix',
  CHECK_REDIRECT_REFUSED: 'fix',
  CHECK_LOOPBACK_BLOCKED: 'fix',
  CHECK_PROFILE_OPEN: 'fix',
  REPORT_NOT_SAVED: 'user',

  // Gatepass itself: a defect, never something a provider or a person did
  INTERNAL_ERROR: 'user',
} as const;

export type Code = keyof typeof codes;
