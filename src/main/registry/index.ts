export { askRegistry } from './ask-registry';
export { RegistryChecks } from './registry-checks';
