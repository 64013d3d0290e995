export { askRegistry } from './ask-registry';
export { discoverAuth, type RegistryAddress, type SignInSaid } from './auth-discovery';
export { RegistryChecks } from './registry-checks';
export { RegistryClient } from './registry-client';
export { probeRegistry } from './probe-registry';
export { kindOf } from './registry-kind';
export { type ReadServers, ServerLists } from './servers';
export type { SignInOffer } from './sign-in-offer';
