import type { Clock } from '../base/clock';
import { codes } from '../../contract/codes';
import { type Failure, failure } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { RefreshOptions, RefreshOutcome, TokenSet } from '../identity';
import type { RefreshTicket, SessionKey, SessionRecord, Vault } from '../vault';
import type { IdentityService } from './identity-service';

/** How a refresh ended, as far as the session is concerned. */
export type RefreshResult =
  | { readonly kind: 'refreshed'; readonly tokens: TokenSet }
  /** The session is kept and a later use tries again. */
  | { readonly kind: 'failed-for-now'; readonly failure: Failure; readonly retryAfterMs?: number }
  /** The session is kept, but someone has to change a configuration before it works. */
  | { readonly kind: 'unusable'; readonly failure: Failure }
  /** Only a new sign-in helps. `claims` are what the provider wants to be asked for then (step-up). */
  | { readonly kind: 'ended'; readonly failure: Failure; readonly claims?: string };

interface Services {
  readonly identity: Pick<IdentityService, 'prepare' | 'refresh'>;
  readonly vault: Pick<Vault, 'beginRefresh' | 'end'>;
  readonly clock: Clock;
}

/** A refusal without a reason is asked about once more after this time: some providers answer a dead token so, others a hiccup. */
const secondQuestionMs = 5_000;

/**
 * One refresh: intent → send → capture → commit → validate; the caller publishes. The intent is durable before anything
 * is sent, and a rotated token is durable before the response is validated, so that a crash at any instant leaves either
 * the old token with an open intent, or the new one. Why it matters: a provider that detects reuse ends the whole grant
 * when it sees an old token again (RFC 9700 4.14.2).
 */
export async function refreshSession(
  services: Services,
  client: OAuthClientSettings,
  key: SessionKey,
  isSecondQuestion = false,
): Promise<RefreshResult> {
  // Discovery comes first: a provider that cannot be found must not cost an attempt.
  const provider = await services.identity.prepare(client);
  if (!provider.ok) return { kind: 'failed-for-now', failure: provider.failure };
  const begun = await services.vault.beginRefresh(key);
  if (!begun.ok) return withoutTicket(begun.failure);
  const ticket = begun.value;

  const outcome = await services.identity.refresh(provider.value, client, ticket.refreshToken, {
    ...expectedIdentity(ticket.record),
    onRotated: async (token) => {
      // A disk that fails now is the vault's to retry; it hands out only the new token from here on.
      await ticket.commit(token);
    },
  });
  if (outcome.kind === 'refused-without-reason' && !isSecondQuestion) {
    await ticket.withdraw();
    await new Promise<void>((resolve) => services.clock.after(secondQuestionMs, resolve));
    return refreshSession(services, client, key, true);
  }
  return settle(services.vault, key, ticket, outcome);
}

/** Closes the intent as the answer allows, and says what it means for the session. */
async function settle(
  vault: Services['vault'],
  key: SessionKey,
  ticket: RefreshTicket,
  outcome: RefreshOutcome,
): Promise<RefreshResult> {
  switch (outcome.kind) {
    case 'ok':
      if (outcome.tokens.refreshToken === undefined) await ticket.withdraw();
      return { kind: 'refreshed', tokens: outcome.tokens };
    case 'refused':
    case 'refused-without-reason':
      return refused(vault, key, ticket, outcome);
    case 'not-sent':
    case 'later':
      await ticket.withdraw();
      return forNow(outcome.failure, outcome.retryAfterMs);
    case 'unknown':
      // The intent stays open: the next attempt knows that this token may have been used already.
      return forNow(outcome.failure, outcome.retryAfterMs);
    case 'unusable':
      if (!outcome.rotated) await ticket.withdraw();
      if (outcome.failure.code === 'IDENTITY_CHANGED') return end(vault, key, outcome.failure);
      return codes[outcome.failure.code] === 'app'
        ? forNow(outcome.failure)
        : { kind: 'unusable', failure: outcome.failure };
  }
}

async function refused(
  vault: Services['vault'],
  key: SessionKey,
  ticket: RefreshTicket,
  outcome: RefreshOutcome & { readonly kind: 'refused' | 'refused-without-reason' },
): Promise<RefreshResult> {
  if (outcome.failure.code === 'SESSION_ENDED')
    // Refused after an interrupted rotation: the person did nothing wrong, and neither did the provider.
    return end(vault, key, ticket.attempt > 1 ? failure('SESSION_INTERRUPTED') : outcome.failure);
  await ticket.withdraw();
  if (outcome.failure.code !== 'REAUTH_REQUIRED') return { kind: 'unusable', failure: outcome.failure };
  const claims = outcome.kind === 'refused' ? outcome.claims : undefined;
  return { kind: 'ended', failure: outcome.failure, ...(claims !== undefined && { claims }) };
}

async function end(vault: Services['vault'], key: SessionKey, reason: Failure): Promise<RefreshResult> {
  await vault.end(key, reason.code);
  return { kind: 'ended', failure: reason };
}

function forNow(reason: Failure, retryAfterMs?: number): RefreshResult {
  return { kind: 'failed-for-now', failure: reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** The vault could not hand the token out: a keychain that is locked may open again, a record that cannot be read will not. */
function withoutTicket(reason: Failure): RefreshResult {
  return codes[reason.code] === 'sign-in' ? { kind: 'ended', failure: reason } : forNow(reason);
}

/** `sub` must not change on refresh (OIDC Core 12.2). */
function expectedIdentity({ issuer, subject }: SessionRecord): Pick<RefreshOptions, 'expected'> {
  return subject === undefined ? {} : { expected: { issuer, subject } };
}
