export { startMisbehavingProvider } from './start';
export type { MisbehavingProvider, MisbehavingProviderOptions } from './start';
export type { Behaviour, CallbackPatch, Patch } from './behaviour';
export type { Grant, GrantBook, Rotation } from './grant-book';
export { acceptableIdTokens, forbiddenIdTokens } from './id-token';
export type { IdTokenVariation } from './id-token';
export type { Profile, RedirectRule } from './profile';
export { forwardBrowserTo } from './forwarding';
export { profiles } from './profiles';
export type { ProfileName } from './profiles';
export { discoveryRows, privateEndpoint, prototypePollution } from './discovery-rows';
export type { Row } from './discovery-rows';
export {
  codeExchangeRows,
  oddLifetimes,
  refreshRows,
  revocationFaults,
  stepUpClaims,
  uselessRefreshTokens,
} from './token-rows';
export type { TokenRow } from './token-rows';
