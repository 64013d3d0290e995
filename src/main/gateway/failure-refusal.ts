import type { Code } from '../../contract/codes';
import { codes } from '../../contract/codes';
import type { Failure } from '../base/failure';
import { type Answer, refusal } from './answer';
import { type WireCode, wireErrors } from './wire-error';

/** What to say of a registry that gave no answer, told apart by cause. */
const unavailable: Partial<Record<Code, string>> = {
  NET_TLS:
    'A secure connection (TLS) to the registry could not be made; its certificate is not trusted here.',
  NET_DNS: 'The name of the registry could not be resolved (DNS).',
  NET_REFUSED: 'The registry refused the connection.',
  NET_OFFLINE: 'This computer has no connection to the network of the registry.',
  NET_TIMEOUT: 'The registry did not answer in time.',
  NET_PROXY_AUTH: 'The network’s proxy wants a sign-in.',
  NET_INTERRUPTED: 'The connection to the registry broke.',
  REGISTRY_PRIVATE_ADDRESS: 'The registry has a private address, which its configuration does not allow.',
  REGISTRY_NOT_A_REGISTRY: 'What answered is not a registry, or sent us to another host.',
};

/** The failures of getting a token that waiting does not cure. */
const needsPerson = new Set<Code>([
  'REGISTRY_AUTH_REQUIRED',
  'REGISTRY_REJECTED_TOKEN',
  'REGISTRY_NEEDS_SIGN_IN',
  'TOKEN_REFUSED',
  'TOKEN_UNUSABLE',
  'TOKEN_FILE_UNREADABLE',
  'STORE_LOCKED',
  'SCOPE_REJECTED',
  'CLIENT_REJECTED',
]);

/** The refusal for a question that a registry did not answer. The code of the cause is named, never the cause's text. */
export function refusalOf(failure: Failure): Answer {
  const { code, params } = failure;
  const wire = wireCodeOf(code);
  const seconds = params['seconds'];
  const [, usual] = wireErrors[wire];
  return refusal(wire, {
    message: `${unavailable[code] ?? usual} (${code})`,
    headers: typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {},
  });
}

function wireCodeOf(code: Code): WireCode {
  if (code === 'REGISTRY_FORBIDDEN') return 'registry_forbidden';
  if (needsPerson.has(code) || codes[code] === 'sign-in') return 'registry_auth_required';
  return code === 'INTERNAL_ERROR' ? 'internal_error' : 'registry_unavailable';
}
