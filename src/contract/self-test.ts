import { z } from 'zod';
import type { Problem } from './view-model';

/*
 * The self-test: small named checks that run without signing in and change nothing. Every value in it is an address, a
 * name or a number; no check ever holds a token.
 */

/** Every check there is; those of one run come in this order. */
export const checkNames = [
  // This registry
  'configuration',
  'session',
  'proxy',
  'registry-dns',
  'registry-tls',
  'registry-answer',
  'provider-dns',
  'provider-tls',
  'discovery',
  'issuer',
  'pkce',
  'clock',
  'redirect-address',
  'redirect-accepted',
  'callback-port',
  'loopback',
  // This computer
  'network',
  'configuration-files',
  'policies',
  'profile-folder',
  'keychain',
  'gateway',
] as const;
export type CheckName = (typeof checkNames)[number];

/** What a value that a check found is. */
export const checkFactNames = [
  'account-state',
  'address',
  'certificate',
  'certificate-issuer',
  'certificate-until',
  'clock-ahead',
  'free-space',
  'inspected-by',
  'issuer-configured',
  'issuer-found',
  'permissions',
  'policy-absent',
  'policy-in-force',
  'policy-refused',
  'port-holder',
  'problem',
  'redirect-uri',
  'route',
  'status',
  'trusted-by',
] as const;
export type CheckFactName = (typeof checkFactNames)[number];

export interface CheckFact {
  readonly name: CheckFactName;
  readonly value: string;
}

/**
 * `warn`: works, and somebody should know. `not-needed`: does not apply here. `left-out`: an earlier check failed, so this
 * one could only repeat it.
 */
export type CheckVerdict = 'pass' | 'warn' | 'fail' | 'not-needed' | 'left-out';

/** What a check found out. The problem's sentence says what is wrong, its next step is the one fix. */
export interface CheckOutcome {
  readonly verdict: CheckVerdict;
  /** The address, port, folder or file that was tried. */
  readonly tried?: string;
  readonly facts?: readonly CheckFact[];
  /** With `warn` and `fail` only. */
  readonly problem?: Problem;
}

/** One check of a run, and how far it is. */
export type CheckView =
  | { readonly name: CheckName; readonly state: 'waiting' | 'running' }
  | {
      readonly name: CheckName;
      readonly state: 'done';
      readonly outcome: CheckOutcome;
      readonly durationMs: number;
    };

export const checkTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('computer') }),
  z.strictObject({ kind: z.literal('registry'), registryId: z.string().min(1).max(200) }),
]);
export type CheckTarget = z.infer<typeof checkTarget>;

export interface SelfTestRun {
  readonly target: CheckTarget;
  readonly state: 'running' | 'done' | 'cancelled';
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly checks: readonly CheckView[];
}
