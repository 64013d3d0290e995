import { networkInterfaces } from 'node:os';
import type { NetworkReason } from './network-error';

/** Thrown by our own connector, to be found again at the end of undici's chain of causes. */
export class ConnectRefusal extends Error {
  readonly reason: NetworkReason;

  constructor(reason: NetworkReason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Why a request failed, from the chain of causes and aggregated errors below what `fetch` threw. Only error codes and
 * our own classes decide, never a message.
 * @param hasInterface whether this computer is on any network, which tells "offline" from "no name server answers"
 */
export function reasonOf(thrown: unknown, hasInterface = hasNetworkInterface): NetworkReason {
  const causes = [...causesOf(thrown)];
  const refusal = causes.find((cause) => cause instanceof ConnectRefusal);
  if (refusal !== undefined) return refusal.reason;
  for (const { code } of causes.filter(hasCode)) {
    const reason = reasonOfCode(code, hasInterface);
    if (reason !== undefined) return reason;
  }
  return 'interrupted';
}

function reasonOfCode(code: string, hasInterface: () => boolean): NetworkReason | undefined {
  if (tlsCode.test(code)) return 'tls';
  switch (code) {
    case 'ENOTFOUND':
    case 'ENODATA':
      return 'dns';
    case 'EAI_AGAIN':
      return hasInterface() ? 'dns' : 'offline';
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return 'offline';
    case 'ECONNREFUSED':
      return 'refused';
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return 'timeout';
    default:
      return undefined;
  }
}

/** OpenSSL's verification results, its errors, and Node's own. */
const tlsCode =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERROR_IN_C|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|EPROTO$)/;

function hasCode(cause: object): cause is { code: string } {
  return 'code' in cause && typeof cause.code === 'string';
}

const deepestCause = 10;

function* causesOf(thrown: unknown, depth = 0): Generator<object> {
  if (typeof thrown !== 'object' || thrown === null || depth > deepestCause) return;
  yield thrown;
  if ('cause' in thrown) yield* causesOf(thrown.cause, depth + 1);
  if ('errors' in thrown && Array.isArray(thrown.errors))
    for (const error of thrown.errors as unknown[]) yield* causesOf(error, depth + 1);
}

function hasNetworkInterface(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}
