import { failed, type Result } from '../base/failure';

/** One way to sign in that a registry names; a stranger's word until a person confirmed it. */
export interface SignInOffer {
  readonly issuer: string;
  /** Absent where the registry does not say under which name the provider knows this app. */
  readonly clientId?: string;
  /** Absent: the default. */
  readonly scopes?: readonly string[];
  readonly audience?: string;
  readonly audienceParameter: 'audience' | 'resource';
  /** Absent: the default for the provider. */
  readonly callbackHost?: 'localhost';
}

/** @param field of the document, never its value */
export const unusableOffer = (url: string, field: string): Result<never> =>
  failed('REGISTRY_SIGN_IN_INVALID', { host: new URL(url).host, field });
