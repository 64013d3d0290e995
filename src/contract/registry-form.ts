import { z } from 'zod';
import { type Code, codes } from './codes';
import type { Problem } from './view-model';

/** A line as a person typed it: bounded, and otherwise judged in main by the schema of the configuration file. */
const line = (longest: number) => z.string().max(longest);

/**
 * What the form for a registry holds. Texts are as typed, since only main reads them; an empty one means the default.
 * A token itself is never in it.
 */
export const registryFormValues = z.strictObject({
  name: line(500),
  url: line(4000),
  allowPrivateIp: z.boolean(),
  authType: z.enum(['oauth', 'bearer', 'none']),
  issuer: line(4000),
  clientId: line(1000),
  /** Separated by spaces. */
  scopes: line(10_000),
  audience: line(4000),
  audienceParameter: z.enum(['audience', 'resource', 'none']),
  callbackHost: z.enum(['automatic', '127.0.0.1', 'localhost']),
  callbackPort: line(20),
  callbackPath: line(500),
  /** With `bearer`: the file that has the token; empty where a person gives it to the app. */
  tokenFile: line(4000),
});
export type RegistryFormValues = z.infer<typeof registryFormValues>;
export type RegistryFormField = keyof RegistryFormValues;

/** The registry that an edit replaces; absent when one is added. */
const replaces = z.string().min(1).max(200).optional();

export const registryForm = z.strictObject({
  values: registryFormValues,
  replaces,
  /**
   * The issuer is the registry's word as yet (see {@link SignInSaid}), and nobody typed it: it may then be inside a private
   * network only if the registry may, or a stranger could have this computer ask machines that are not theirs.
   */
  isIssuerLearnt: z.boolean().optional(),
});

export const registryFormToSave = registryForm.extend({
  /** What the person was told and confirmed; the codes of `toConfirm` of the check they saw. */
  confirmed: z.array(z.enum(Object.keys(codes) as [Code, ...Code[]])).max(20),
});

export type RegistryForm = z.infer<typeof registryForm>;
export type RegistryFormToSave = z.infer<typeof registryFormToSave>;

/** A value that is refused; `suggestion` is what the field should probably say. Without a field, it is all of them. */
export interface FieldProblem {
  readonly field?: RegistryFormField;
  readonly problem: Problem;
  readonly suggestion?: string;
}

/** One way to sign in that a registry names; hosts as the network sees them. An empty client id: the registry does not say. */
export interface SignInOffer {
  readonly issuerHost: string;
  readonly values: Pick<
    RegistryFormValues,
    'issuer' | 'clientId' | 'scopes' | 'audience' | 'audienceParameter' | 'callbackHost'
  >;
}

/** How a registry says one signs in to it. */
export type SignInSaid =
  | { readonly kind: 'refused'; readonly problems: readonly [FieldProblem, ...FieldProblem[]] }
  | {
      readonly kind: 'offers';
      readonly registryHost: string;
      readonly offers: readonly [SignInOffer, ...SignInOffer[]];
    }
  /** Everybody may read it. */
  | { readonly kind: 'none-needed' }
  /** It does not say, so it has to be typed; `problem` where what it says cannot be used. */
  | { readonly kind: 'not-said'; readonly problem?: Problem }
  | { readonly kind: 'cancelled' };

/** What follows from the values as they stand, without asking anybody; shown while a person types. */
export interface RegistryFormPreview {
  /** The address to register at the provider; absent until it is certain. */
  readonly redirectUri?: string;
  /** Whether the address looks like one of a private network, so that "inside your company network" is worth asking. */
  readonly offersPrivateNetwork: boolean;
}

/**
 * What saving does to the sign-in: `session-left`: it belongs to the earlier provider, client or address and is not used
 * any more; `flow-ends`: a running sign-in is cancelled; `may-ask-again`: it stays, but the provider may refuse to renew
 * it for what is asked now.
 */
export type SessionConsequence = 'session-left' | 'flow-ends' | 'may-ask-again';

/** Where a sign-in would go and what it would say, for a person to compare before it is saved. */
export interface RegistryFormFacts {
  readonly name: string;
  readonly url: string;
  readonly registryHost: string;
  /** Absent for a registry without sign-in. */
  readonly signIn?: {
    readonly issuer: string;
    readonly issuerHost: string;
    readonly clientId: string;
    readonly scopes: readonly string[];
    readonly audience?: string;
    /** Absent until it is certain. */
    readonly redirectUri?: string;
  };
  /** For a registry that takes a token: the file it comes from; without one, a person gives it to the app. */
  readonly token?: { readonly file?: string };
}

/** What checking the form found. */
export type RegistryFormCheck =
  | { readonly kind: 'refused'; readonly problems: readonly [FieldProblem, ...FieldProblem[]] }
  | {
      readonly kind: 'good';
      readonly facts: RegistryFormFacts;
      readonly warnings: readonly Problem[];
      readonly consequences: readonly SessionConsequence[];
      /** To be sent back when it is saved. */
      readonly toConfirm: readonly Code[];
    }
  /** Cancelled, or overtaken by a newer check. */
  | { readonly kind: 'cancelled' };

export type RegistryFormSaved =
  | { readonly kind: 'saved'; readonly registryId: string }
  /** Nothing was written: something is wrong, or not confirmed yet. */
  | { readonly kind: 'not-saved'; readonly check: RegistryFormCheck };

/** The form of a registry that is there, or why it cannot be edited. */
export type RegistryFormRead =
  | { readonly ok: true; readonly values: RegistryFormValues }
  | { readonly ok: false; readonly problem: Problem };
