import type { Code } from './codes';

/*
 * The words of the activity log. Nothing else can be written into it: a value of a provider, a person or a token has no
 * field to be in.
 */

/** What an entry is about. */
export const activityNames = [
  'app-started',
  'app-stopped',
  'configuration-changed',
  'gateway',
  'key-source',
  'registry-checked',
  'session-changed',
  'revocation',
] as const;
export type ActivityName = (typeof activityNames)[number];

/** What happened, or what it changed to. */
export const activityKinds = [
  // Sessions
  'opening-browser',
  'waiting-for-browser',
  'completing',
  'more-time',
  'sign-in-succeeded',
  'sign-in-failed',
  'sign-in-cancelled',
  'sign-in-started',
  'confirmation-needed',
  'refresh-started',
  'refresh-succeeded',
  'refresh-failed',
  'refresh-postponed',
  'restored',
  'restored-ended',
  'not-restored',
  'usable',
  'remembered',
  'not-remembered',
  'unusable',
  'ended',
  'signed-out',
  'blocked',
  // Where the key that seals tokens is
  'keychain',
  'safe-storage',
  'memory',
  // A registry that was asked
  'answers',
  'fails',
  // The gateway
  'on',
  'off',
  'failed',
  'call',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** How much an entry matters: silent work, what a person did or must know, what went wrong. */
export const activityLevels = ['debug', 'info', 'warn'] as const;
export type ActivityLevel = (typeof activityLevels)[number];

/** One line of the log. */
export interface ActivityEntry {
  /** Grows by one from entry to entry, within one run of the app. */
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly level: ActivityLevel;
  readonly name: ActivityName;
  readonly registryId?: string;
  readonly kind?: ActivityKind;
  readonly code?: Code;
  readonly durationMs?: number;
  /** Eight hex digits that all entries of one operation share, such as the steps of one sign-in. */
  readonly correlationId?: string;
}
