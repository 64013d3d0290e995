export { createIdentityService, type IdentityService, type ProviderMemory } from './identity-service';
export { Sessions } from './sessions';
export { type SessionEvent, type SessionState, statusOf } from './state';
