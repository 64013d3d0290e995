import type { AuthStatus, SignInStep } from '../../contract/view-model';
import type { Failure } from '../base/failure';

/** What is true of a session that is held: who it belongs to, and why it may not outlive the app. */
export interface Held {
  readonly account?: string;
  /** Set when the refresh token is in memory only, or when there is none. */
  readonly notRemembered?: Failure;
  /** What it lacks although it works, such as a scope that was not granted. */
  readonly limits?: readonly Failure[];
}

/** A state a session can rest in; a flow returns to it when it is cancelled. */
export type RestingState =
  | { readonly kind: 'signed-out' }
  /** `problem` is something that went wrong meanwhile and did not end the session. */
  | {
      readonly kind: 'signed-in';
      readonly held: Held;
      readonly expiresAt?: number;
      readonly problem?: Failure;
    }
  /** The provider ended it, or we did for cause; only a person can bring it back. */
  | { readonly kind: 'expired'; readonly account?: string; readonly failure: Failure }
  /** A sign-in that did not work, a session that is held but cannot be used as configured, or one that cannot be read. */
  | { readonly kind: 'error'; readonly failure: Failure; readonly held?: Held }
  /** Policy or a broken configuration forbids using it. */
  | { readonly kind: 'blocked'; readonly failure: Failure };

/** A running attempt to sign in; times are milliseconds since the epoch. */
export interface RunningFlow {
  readonly step: SignInStep;
  readonly startedAt: number;
  readonly deadline: number;
  readonly canExtend: boolean;
  /** The browser did not open: the link is then the way to go on. */
  readonly problem?: Failure;
}

/** The state of one registry's session; changed only by {@link reduce}. */
export type SessionState =
  | RestingState
  | { readonly kind: 'signing-in'; readonly flow: RunningFlow; readonly before: RestingState }
  | { readonly kind: 'refreshing'; readonly held: Held; readonly expiresAt?: number };

/** What happened to a session. */
export type SessionEvent =
  | { readonly type: 'restored'; readonly held: Held }
  | { readonly type: 'restored-ended'; readonly account?: string; readonly failure: Failure }
  /** Whether somebody was signed in cannot be told. */
  | { readonly type: 'not-restored'; readonly failure: Failure }
  | { readonly type: 'sign-in-progressed'; readonly flow: RunningFlow }
  | { readonly type: 'sign-in-succeeded'; readonly held: Held; readonly expiresAt: number }
  | { readonly type: 'sign-in-failed'; readonly failure: Failure }
  | { readonly type: 'sign-in-cancelled' }
  | { readonly type: 'refresh-started' }
  | { readonly type: 'refresh-succeeded'; readonly held: Held; readonly expiresAt: number }
  | { readonly type: 'refresh-failed'; readonly failure: Failure }
  /** A refresh that nobody waited for did not work; it is tried again, and nothing is shown of it. */
  | { readonly type: 'refresh-postponed'; readonly failure: Failure }
  | { readonly type: 'unusable'; readonly failure: Failure }
  | { readonly type: 'ended'; readonly failure: Failure }
  /** The registry took the token: whatever was wrong with its use is over. */
  | { readonly type: 'usable' }
  /** Whether the session outlives the app, and why not, has become another. */
  | { readonly type: 'storage-changed'; readonly notRemembered?: Failure }
  | { readonly type: 'signed-out' }
  | { readonly type: 'blocked'; readonly failure: Failure };

/** The state after `event`; an event that does not belong to the present state changes nothing. */
export function reduce(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'restored':
      return { kind: 'signed-in', held: event.held };
    case 'restored-ended':
      return expired(event.account, event.failure);
    case 'not-restored':
      return { kind: 'error', failure: event.failure };
    case 'sign-in-progressed':
      return { kind: 'signing-in', flow: event.flow, before: restingBelow(state) };
    case 'sign-in-succeeded':
      return { kind: 'signed-in', held: event.held, expiresAt: event.expiresAt };
    case 'sign-in-cancelled':
      return restingBelow(state);
    case 'sign-in-failed':
      return afterFailedSignIn(restingBelow(state), event.failure);
    case 'refresh-started':
      return state.kind === 'signed-in' ? refreshing(state.held, state.expiresAt) : state;
    case 'refresh-succeeded':
      return state.kind === 'signing-in'
        ? { ...state, before: { kind: 'signed-in', held: event.held, expiresAt: event.expiresAt } }
        : { kind: 'signed-in', held: event.held, expiresAt: event.expiresAt };
    case 'refresh-failed':
      return onResting(state, (resting) =>
        resting.kind === 'signed-in' ? { ...resting, problem: event.failure } : resting,
      );
    case 'refresh-postponed':
      return state;
    case 'unusable':
      return onResting(state, (resting) => {
        const held = heldBy(resting);
        return held === undefined ? resting : { kind: 'error', failure: event.failure, held };
      });
    case 'usable':
      return onResting(state, usable);
    case 'storage-changed':
      return state.kind === 'refreshing'
        ? { ...state, held: heldRemembered(state.held, event.notRemembered) }
        : onResting(state, (resting) => remembered(resting, event.notRemembered));
    case 'ended':
      return onResting(state, (resting) => expired(heldBy(resting)?.account, event.failure));
    case 'signed-out':
      return { kind: 'signed-out' };
    case 'blocked':
      return { kind: 'blocked', failure: event.failure };
  }
}

/** The account and memory of a session that is held in this state, if one is. */
export function heldBy(state: SessionState): Held | undefined {
  switch (state.kind) {
    case 'signed-in':
    case 'refreshing':
      return state.held;
    case 'error':
      return state.held;
    case 'signing-in':
      return heldBy(state.before);
    case 'signed-out':
    case 'expired':
    case 'blocked':
      return undefined;
  }
}

/** Whether something stands beside or in the place of a session that works; a running sign-in is told by itself. */
export function hasProblem(state: SessionState): boolean {
  const resting = state.kind === 'signing-in' ? state.before : state;
  return resting.kind === 'error' || (resting.kind === 'signed-in' && resting.problem !== undefined);
}

/** The wire word of an OAuth registry in this state (spec: an error is `authenticated` while a refresh token is held). */
export function statusOf(state: SessionState): AuthStatus {
  if (heldBy(state) !== undefined) return 'authenticated';
  const resting = state.kind === 'signing-in' ? state.before : state;
  return resting.kind === 'expired' ? 'expired' : 'configured';
}

/** A sign-in that fails while a session is held leaves that session as it was, with the problem beside it. */
function afterFailedSignIn(before: RestingState, failure: Failure): RestingState {
  switch (before.kind) {
    case 'signed-in':
      return { ...before, problem: failure };
    case 'expired':
      return { ...before, failure };
    case 'error':
      return { ...before, failure };
    case 'signed-out':
    case 'blocked':
      return { kind: 'error', failure };
  }
}

/** A session that is held and works: without a problem beside it. */
function usable(resting: RestingState): RestingState {
  const held = heldBy(resting);
  if (held === undefined) return resting;
  return signedIn(held, resting.kind === 'signed-in' ? resting.expiresAt : undefined);
}

function remembered(resting: RestingState, notRemembered: Failure | undefined): RestingState {
  if ((resting.kind !== 'signed-in' && resting.kind !== 'error') || resting.held === undefined)
    return resting;
  return { ...resting, held: heldRemembered(resting.held, notRemembered) };
}

const heldRemembered = ({ account, limits }: Held, notRemembered: Failure | undefined): Held =>
  heldFrom(account, notRemembered, limits);

function onResting(state: SessionState, change: (resting: RestingState) => RestingState): SessionState {
  if (state.kind === 'signing-in') return { ...state, before: change(state.before) };
  return change(restingBelow(state));
}

function restingBelow(state: SessionState): RestingState {
  if (state.kind === 'signing-in') return state.before;
  if (state.kind === 'refreshing') return signedIn(state.held, state.expiresAt);
  return state;
}

const signedIn = (held: Held, expiresAt: number | undefined): RestingState =>
  expiresAt === undefined ? { kind: 'signed-in', held } : { kind: 'signed-in', held, expiresAt };

const refreshing = (held: Held, expiresAt: number | undefined): SessionState =>
  expiresAt === undefined ? { kind: 'refreshing', held } : { kind: 'refreshing', held, expiresAt };

const expired = (account: string | undefined, failure: Failure): RestingState =>
  account === undefined ? { kind: 'expired', failure } : { kind: 'expired', account, failure };

/** A {@link Held} with only the fields that are known. */
export function heldFrom(
  account: string | undefined,
  notRemembered: Failure | undefined,
  limits: readonly Failure[] = [],
): Held {
  return {
    ...(account !== undefined && { account }),
    ...(notRemembered !== undefined && { notRemembered }),
    ...(limits.length > 0 && { limits }),
  };
}
