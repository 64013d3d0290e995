import type { RegistryFormCheck, RegistryFormValues, SignInSaid } from '../../contract/registry-form';

export type GoodCheck = Extract<RegistryFormCheck, { kind: 'good' }>;
export type OffersSaid = Extract<SignInSaid, { kind: 'offers' }>;
export type NotSaid = Extract<SignInSaid, { kind: 'not-said' }>;

/** Where a person types: the address alone, what the registry's offer left open, or everything. */
export type TypingStep =
  | { readonly kind: 'address' }
  | { readonly kind: 'offers'; readonly said: OffersSaid }
  /** `notSaid`: the registry was asked how one signs in, and did not say. */
  | { readonly kind: 'editing'; readonly notSaid?: NotSaid };

/** Where a person is with the form. The values stay in all of them, so that nothing typed is ever lost. */
export type FormStep =
  | TypingStep
  /** The registry is asked how one signs in to it. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'checking'; readonly from: TypingStep }
  | {
      readonly kind: 'confirming';
      readonly check: GoodCheck;
      readonly from: TypingStep;
      readonly isSaving: boolean;
    };

/** A form as a person left it. */
export interface FormDraft {
  readonly values: RegistryFormValues;
  /** The issuer is the registry's word, and nobody changed it since. */
  readonly isIssuerLearnt: boolean;
}

/** A new registry begins with its address, and with everything where somebody has got further before. */
export const firstStep = ({ issuer, clientId, authType }: RegistryFormValues, isNew: boolean): TypingStep =>
  isNew && authType === 'oauth' && issuer === '' && clientId === ''
    ? { kind: 'address' }
    : { kind: 'editing' };
