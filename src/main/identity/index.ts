export { CallbackListeners } from './callback-listeners';
export { discover } from './discover';
export type { DiscoveryOptions } from './discover';
export { refreshTokens } from './refresh-tokens';
export type { RefreshOptions } from './refresh-tokens';
export { revoke } from './revoke';
export { startSignIn } from './sign-in';
export type { OnStep, Provider, RefreshOutcome, SignInFlow, SignInRequest, TokenSet } from './types';
