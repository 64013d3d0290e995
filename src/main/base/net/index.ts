export { isLocalhostName, kindOfAddress, literalAddress } from './addresses';
export type { AddressRule } from './addresses';
export { createNetwork } from './create-network';
export type { NetworkOptions } from './create-network';
export type { Network, NetworkRequest, NetworkStreams } from './network';
export { NetworkError, networkFailure } from './network-error';
export type { CallersCodes } from './network-error';
export { dateSkewSeconds, retryAfterMs } from './retry-after';
