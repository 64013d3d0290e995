export { CallbackPaths, type IssuerMemory, type KnownIssuer } from './callback-paths';
export { createIdentityService, type IdentityService, type ProviderMemory } from './identity-service';
export { RefreshScheduler } from './refresh-scheduler';
export { Sessions } from './sessions';
export { heldBy, type SessionEvent, type SessionState, statusOf } from './state';
export type { Surroundings } from './surroundings';
