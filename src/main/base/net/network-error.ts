import type { Code } from '../../../contract/codes';
import { failure } from '../failure';
import type { Failure } from '../failure';

/** What kept a complete answer from arriving. */
export type NetworkReason =
  | 'dns'
  | 'offline'
  | 'refused'
  | 'tls'
  | 'proxy-auth'
  | 'timeout'
  | 'interrupted'
  /** The body passed its cap. */
  | 'too-large'
  /** The host's address is one that {@link AddressRule} forbids. */
  | 'forbidden-address'
  /** The caller's own signal. */
  | 'aborted';

/** Carries no text of the error it stands for: that may hold a URL with a code, or a piece of a body. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly reason: NetworkReason;
  /** Host and port of the URL that was asked for. */
  readonly host: string;
  /** False when it is certain that no byte of the request left this computer. */
  readonly sent: boolean;

  constructor(reason: NetworkReason, host: string, sent: boolean) {
    super(`${reason}: ${host}`);
    this.reason = reason;
    this.host = host;
    this.sent = sent;
  }
}

const codesOfReasons = {
  dns: 'NET_DNS',
  offline: 'NET_OFFLINE',
  refused: 'NET_REFUSED',
  tls: 'NET_TLS',
  'proxy-auth': 'NET_PROXY_AUTH',
  timeout: 'NET_TIMEOUT',
  interrupted: 'NET_INTERRUPTED',
  aborted: 'NET_INTERRUPTED',
} as const satisfies Partial<Record<NetworkReason, Code>>;

/** What the two reasons that mean different things to different callers are called by this one. */
export interface CallersCodes {
  readonly tooLarge: Code;
  readonly forbiddenAddress: Code;
}

export function networkFailure(error: NetworkError, codes: CallersCodes): Failure {
  return failure(codeOf(error.reason, codes), { host: error.host });
}

function codeOf(reason: NetworkReason, codes: CallersCodes): Code {
  if (reason === 'too-large') return codes.tooLarge;
  if (reason === 'forbidden-address') return codes.forbiddenAddress;
  return codesOfReasons[reason];
}
