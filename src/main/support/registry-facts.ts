import type { Code } from '../../contract/codes';
import type { KeySourceFact, ProviderFact, RegistryFacts } from '../../contract/support-view';
import type { Reachability } from '../../contract/view-model';
import { type Failure, plainText } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Registry } from '../config';
import type { IdentityService, ProviderMemory, Sessions } from '../sessions';
import type { SessionHistory } from './session-history';
import { tokenFact } from './token-fact';

/** What names a session at rest. */
interface SessionKey {
  readonly registry: string;
  readonly issuer: string;
  readonly clientId: string;
}

/** The header of a session's record: in clear, and so without a token. */
interface SessionHeader {
  readonly grantedScope?: string;
  readonly signedInAt: number;
  readonly refreshedAt: number;
  readonly lastUsedAt?: number;
  readonly ended?: { readonly code: Code; readonly at: number };
  readonly attempt?: number;
}

/** The part of the vault that tells about sessions without opening one. */
export interface VaultFacts {
  find(key: SessionKey): SessionHeader | undefined;
  tokenSize(
    key: SessionKey,
  ): Promise<{ readonly bytes: number; readonly kept: 'memory' | 'sealed' } | undefined>;
  keySource():
    | 'pending'
    | { readonly kind: 'keychain' | 'safe-storage' }
    | { readonly kind: 'memory'; readonly reason: Failure };
}

export interface FactSources {
  readonly registry: (id: string) => Registry | undefined;
  readonly sessions: Pick<Sessions, 'state' | 'accessFacts' | 'lastUsedAt'>;
  /** When the schedule refreshes it next, milliseconds since the epoch. */
  readonly nextRefreshAt: (id: string) => number | undefined;
  readonly vault: VaultFacts;
  readonly providers: Pick<ProviderMemory, 'known'>;
  readonly reachability: (id: string) => Reachability | undefined;
  readonly history: Pick<SessionHistory, 'of'>;
}

/** Everything worth knowing of one registry's session; undefined for an unknown id. Touches no keychain and no network. */
export async function registryFacts(
  sources: FactSources,
  registryId: string,
): Promise<RegistryFacts | undefined> {
  const { sessions, vault, history, providers } = sources;
  const registry = sources.registry(registryId);
  if (registry === undefined) return undefined;
  const client = registry.auth.type === 'oauth' ? registry.auth.oauth : undefined;
  const key = client && { registry: registry.url, issuer: client.issuer, clientId: client.clientId };
  const record = key && vault.find(key);
  const size = key && (await vault.tokenSize(key));
  const access = sessions.accessFacts(registryId);
  const lastUsedAt = sessions.lastUsedAt(registryId) ?? record?.lastUsedAt;
  const nextRefreshAt = sources.nextRefreshAt(registryId) ?? access?.refreshAt;
  const { counters, lastError } = history.of(registryId);
  const errors = [lastError, record?.ended, failureOf(sources.reachability(registryId))];
  const latest = errors.filter((error) => error !== undefined).sort((a, b) => b.at - a.at)[0];
  return {
    state: sessions.state(registryId)?.kind ?? 'none',
    keySource: keySourceFact(vault),
    refreshToken: tokenFact(size?.bytes, size?.kept ?? 'memory'),
    accessToken: tokenFact(access?.length, 'memory'),
    openAttempts: record?.attempt ?? 0,
    counters,
    times: {
      ...(record !== undefined && { signedInAt: record.signedInAt, refreshedAt: record.refreshedAt }),
      ...(lastUsedAt !== undefined && { lastUsedAt }),
      ...(nextRefreshAt !== undefined && { nextRefreshAt }),
      ...(access !== undefined && { accessUntil: access.validUntil }),
    },
    ...(client !== undefined && discovered(providers, client)),
    ...(record?.grantedScope !== undefined && { scopesGranted: plainText(record.grantedScope) }),
    ...(latest !== undefined && { lastError: { code: latest.code, at: latest.at } }),
  };
}

export function keySourceFact(vault: Pick<VaultFacts, 'keySource'>): KeySourceFact {
  const source = vault.keySource();
  if (source === 'pending') return { kind: 'pending' };
  return source.kind === 'memory' ? { kind: 'memory', code: source.reason.code } : { kind: source.kind };
}

function failureOf(reachability: Reachability | undefined) {
  if (reachability?.kind !== 'fails') return undefined;
  return { code: reachability.problem.code, at: reachability.checkedAt };
}

type Provider = Extract<Awaited<ReturnType<IdentityService['prepare']>>, { ok: true }>['value'];

function discovered(
  providers: Pick<ProviderMemory, 'known'>,
  client: OAuthClientSettings,
): { readonly discovered?: ProviderFact } {
  const provider = providers.known(client);
  return provider === undefined ? {} : { discovered: providerFact(provider) };
}

/** Endpoints are addresses that passed the checks of discovery; of anything else a provider says nothing is repeated. */
export function providerFact({ metadata, issAdvertised, dateSkewSeconds }: Provider): ProviderFact {
  const endpoints = Object.entries(metadata).flatMap(([name, url]) =>
    typeof url === 'string' && name !== 'issuer' ? [{ name, url }] : [],
  );
  return {
    issuer: metadata.issuer,
    endpoints,
    namesItselfInAnswers: issAdvertised,
    ...(dateSkewSeconds !== undefined && { clockAheadSeconds: dateSkewSeconds }),
  };
}
