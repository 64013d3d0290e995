export { startRegistry } from './start';
export type { Registry, RegistryOptions } from './start';
export { acmeServers, manyServers } from './catalogue';
export type { RegistryServer } from './catalogue';
