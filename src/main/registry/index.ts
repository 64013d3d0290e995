export { askRegistry } from './ask-registry';
export { RegistryChecks } from './registry-checks';
export { RegistryClient } from './registry-client';
export { kindOf } from './registry-kind';
export { type ReadServers, ServerLists } from './servers';
