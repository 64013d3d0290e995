import type { Clock } from '../base/clock';
import { codes } from '../../contract/codes';
import { type Failure, failure } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';
import type { SerialQueue } from '../base/serial-queue';
import type { Provider, RefreshOptions, RefreshOutcome, TokenSet } from '../identity';
import type { EndOptions, RefreshTicket, SessionKey, SessionRecord, Vault } from '../vault';
import { closestTogetherMs } from './access-token';
import type { IdentityService } from './identity-service';

/** How a refresh ended, as far as the session is concerned. */
export type RefreshResult =
  | { readonly kind: 'refreshed'; readonly tokens: TokenSet }
  /**
   * The session is kept and a later use tries again. `restMs`: the provider did its part and answered badly, so asking
   * again sooner would only use up one token after the other.
   */
  | {
      readonly kind: 'failed-for-now';
      readonly failure: Failure;
      readonly retryAfterMs?: number;
      readonly restMs?: number;
    }
  /** The session is kept, but someone has to change a configuration before it works. */
  | { readonly kind: 'unusable'; readonly failure: Failure }
  /** Only a new sign-in helps. `claims` are what the provider wants to be asked for then (step-up). */
  | { readonly kind: 'ended'; readonly failure: Failure; readonly claims?: string };

export interface RefreshServices {
  readonly identity: Pick<IdentityService, 'prepare' | 'refresh' | 'checkTokenEndpoint'>;
  readonly vault: Pick<Vault, 'find' | 'beginRefresh'>;
  readonly clock: Clock;
  /** One refresh of a record at a time, also when its registry was edited and the answer to the last one is still out. */
  readonly turns: Pick<SerialQueue, 'run'>;
  /** Asked before a token is asked for: no refresh is begun, or gone on with, for a session that ended meanwhile. */
  readonly isWanted: () => boolean;
  /** When somebody last used the session, as {@link SessionRecord} has it; kept with what is written anyway. */
  readonly lastUsedAt: () => number | undefined;
  /** Takes a new refresh token that came too late to be kept: the session was signed out or replaced meanwhile. */
  readonly onDiscarded: (refreshToken: Secret) => void;
}

/** What a refresh belongs to. */
interface Subject {
  readonly client: OAuthClientSettings;
  readonly key: SessionKey;
  readonly provider: Provider;
}

/** A refusal without a reason is asked about once more after this time: some providers answer a dead token so, others a hiccup. */
const secondQuestionMs = 5_000;
/** Pauses after the first and the second answer that could not be read. */
const pausesMs = [500, 2_000];

/**
 * One refresh: intent → send → capture → commit → validate; the caller publishes. The intent is durable before anything
 * is sent, and a rotated token is durable before the response is validated, so that a crash at any instant leaves either
 * the old token with an open intent, or the new one. Why it matters: a provider that detects reuse ends the whole grant
 * when it sees an old token again (RFC 9700 4.14.2).
 */
export async function refreshSession(
  services: RefreshServices,
  client: OAuthClientSettings,
  key: SessionKey,
): Promise<RefreshResult> {
  // Discovery comes first: a provider that cannot be found must not cost an attempt.
  const provider = await services.identity.prepare(client);
  if (!provider.ok) return { kind: 'failed-for-now', failure: provider.failure };
  const subject = { client, key, provider: provider.value };
  return services.turns.run(JSON.stringify(key), () => sendOnce(services, subject));
}

/** @param refused the token that the provider refused just now without a reason */
async function sendOnce(
  services: RefreshServices,
  subject: Subject,
  refused?: Secret,
): Promise<RefreshResult> {
  const { identity, vault, clock, isWanted, onDiscarded } = services;
  const { client, key, provider } = subject;
  if (!isWanted()) return forNow(failure('OP_STALE'));
  if (vault.find(key)?.attempt !== undefined) {
    // This token may be sent only once more. An outage must not use that up, or it would sign people out.
    const endpoint = await identity.checkTokenEndpoint(provider, client);
    if (endpoint.kind === 'in-trouble') return forNow(endpoint.failure, endpoint.retryAfterMs);
  }
  const begun = await vault.beginRefresh(key);
  if (!begun.ok) return withoutTicket(begun.failure);
  const lastUsedAt = services.lastUsedAt();
  const ticket: RefreshTicket = {
    ...begun.value,
    commit: (token) => begun.value.commit(token, lastUsedAt === undefined ? {} : { lastUsedAt }),
  };

  const outcome = await identity.refresh(provider, client, ticket.refreshToken, {
    ...expectedIdentity(ticket.record),
    onRotated: async (token) => {
      // A disk that fails now is the vault's to retry; it hands out only the new token from here on.
      const committed = await ticket.commit(token);
      if (!committed.ok && committed.failure.code === 'OP_STALE') onDiscarded(token);
    },
  });
  const isSecondQuestion = refused?.reveal() === ticket.refreshToken.reveal();
  if (outcome.kind === 'refused-without-reason' && ticket.attempt === 1) {
    await ticket.leaveAnswered();
    await pause(clock, secondQuestionMs);
    return sendOnce(services, subject, ticket.refreshToken);
  }
  const retryMs = pausesMs[ticket.attempt - 1];
  if (outcome.kind === 'unreadable' && retryMs !== undefined) {
    await ticket.leaveAnswered();
    await pause(clock, retryMs);
    return sendOnce(services, subject);
  }
  return settle(ticket, outcome, ticket.attempt > (isSecondQuestion ? 2 : 1));
}

/**
 * Closes the intent as the answer allows, and says what it means for the session.
 * @param wasInterrupted whether this token had been sent before without a known outcome
 */
async function settle(
  ticket: RefreshTicket,
  outcome: RefreshOutcome,
  wasInterrupted: boolean,
): Promise<RefreshResult> {
  switch (outcome.kind) {
    case 'ok':
      if (outcome.tokens.refreshToken === undefined) await ticket.commit();
      return { kind: 'refreshed', tokens: outcome.tokens };
    case 'refused':
    case 'refused-without-reason':
      return refusedBy(ticket, outcome, wasInterrupted);
    case 'not-sent':
    case 'later':
      await ticket.withdraw();
      return forNow(outcome.failure, outcome.retryAfterMs);
    case 'unknown':
      // The intent stays open: the next attempt knows that this token may have been used already.
      return forNow(outcome.failure, outcome.retryAfterMs);
    case 'unreadable':
      await ticket.leaveAnswered();
      return forNow(outcome.failure);
    case 'unusable':
      // A success without a new token leaves the one that was sent as it is.
      if (!outcome.rotated) await ticket.commit();
      if (outcome.failure.code === 'IDENTITY_CHANGED') return end(ticket, outcome.failure);
      return codes[outcome.failure.code] === 'app'
        ? { ...forNow(outcome.failure), restMs: closestTogetherMs }
        : { kind: 'unusable', failure: outcome.failure };
  }
}

async function refusedBy(
  ticket: RefreshTicket,
  outcome: RefreshOutcome & { readonly kind: 'refused' | 'refused-without-reason' },
  wasInterrupted: boolean,
): Promise<RefreshResult> {
  if (outcome.failure.code === 'SESSION_ENDED') {
    // Refused after an interrupted rotation: the person did nothing wrong, and neither did the provider.
    const reason = wasInterrupted ? failure('SESSION_INTERRUPTED') : outcome.failure;
    return end(ticket, reason, { setTokenAside: outcome.kind === 'refused-without-reason' });
  }
  await ticket.withdraw();
  if (outcome.failure.code !== 'REAUTH_REQUIRED') return { kind: 'unusable', failure: outcome.failure };
  const claims = outcome.kind === 'refused' ? outcome.claims : undefined;
  return { kind: 'ended', failure: outcome.failure, ...(claims !== undefined && { claims }) };
}

async function end(
  ticket: RefreshTicket,
  reason: Failure,
  options: EndOptions = { setTokenAside: false },
): Promise<RefreshResult> {
  await ticket.end(reason.code, options);
  return { kind: 'ended', failure: reason };
}

function forNow(reason: Failure, retryAfterMs?: number): Extract<RefreshResult, { kind: 'failed-for-now' }> {
  return { kind: 'failed-for-now', failure: reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** The vault could not hand the token out: a keychain that is locked may open again, a record that cannot be read will not. */
function withoutTicket(reason: Failure): RefreshResult {
  if (codes[reason.code] === 'sign-in') return { kind: 'ended', failure: reason };
  return reason.code === 'TOKEN_BAD_RESPONSE' ? { kind: 'unusable', failure: reason } : forNow(reason);
}

/** `sub` must not change on refresh (OIDC Core 12.2). */
function expectedIdentity({ issuer, subject }: SessionRecord): Pick<RefreshOptions, 'expected'> {
  return subject === undefined ? {} : { expected: { issuer, subject } };
}

const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve));
