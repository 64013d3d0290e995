export { startIdentityProvider } from './start';
export type { IdentityProvider } from './start';
export type { IdentityProviderClient, IdentityProviderOptions, Rotation } from './options';
export { usualAudience } from './options';
export type { Issued, RequestCounts, SeenRequest } from './observation';
export { personNamed } from './people';
export { createCookieJar, finishSignIn } from '../browser';
