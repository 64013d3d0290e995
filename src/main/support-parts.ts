import type { SelfTestRun } from '../contract/self-test';
import type { Clock } from './base/clock';
import { type createNetwork, type ExtraAuthorities, type ResolveProxy, trustedAuthorities } from './base/net';
import { type ConfigStore, type PolicyParts, policySources, policyStates } from './config';
import type { Gateway } from './gateway';
import { askAuthorization, discover } from './identity';
import type { RegistryChecks } from './registry';
import type { ProviderMemory, RefreshScheduler, Sessions, SessionState } from './sessions';
import { type ActivityLog, SelfTest, type SessionHistory, Support, SupportReport } from './support';
import type { OsKeychain, Vault } from './vault';
import type { AppViewModel } from './view';

/** What support looks at; it changes none of it. */
export interface SupportNeeds {
  readonly clock: Clock;
  readonly network: ReturnType<typeof createNetwork>;
  readonly resolveProxy: ResolveProxy;
  readonly extraAuthorities: ExtraAuthorities;
  readonly policies: PolicyParts;
  readonly configuration: ConfigStore;
  readonly profileFolder: string;
  readonly version: string;
  readonly keychain: OsKeychain;
  readonly vault: Vault;
  /** Of every registry that needs a sign-in or a token. */
  readonly sessionState: (id: string) => SessionState | undefined;
  readonly sessions: Sessions;
  readonly scheduler: RefreshScheduler;
  readonly identity: ProviderMemory;
  readonly checks: RegistryChecks;
  readonly gateway: Gateway;
  readonly history: SessionHistory;
  readonly events: ActivityLog;
  readonly model: AppViewModel;
  readonly selfTestChanged: (run: SelfTestRun) => void;
}

/** Builds what the Support screen and the report are made from. */
export function buildSupport(needs: SupportNeeds) {
  const { clock, network, configuration, model, sessions, sessionState, checks, profileFolder } = needs;
  const registry = (id: string) => model.registry(id);
  const reachability = (id: string) => checks.reachability(id);
  const support = new Support({
    registry,
    sessions: {
      state: sessionState,
      accessFacts: (id) => sessions.accessFacts(id),
      lastUsedAt: (id) => sessions.lastUsedAt(id),
    },
    nextRefreshAt: (id) => needs.scheduler.nextRefreshAt(id),
    vault: needs.vault,
    providers: needs.identity,
    reachability,
    history: needs.history,
    log: needs.events,
    version: needs.version,
    profileFolder,
    startedAt: clock.now(),
  });
  const selfTest = new SelfTest({
    clock,
    network,
    resolveProxy: needs.resolveProxy,
    authorities: async () => trustedAuthorities(await needs.extraAuthorities.current()),
    registry,
    sessions: { state: sessionState, redirectUri: (id) => sessions.redirectUri(id) },
    reachability,
    discover: (client, signal) => discover({ network, clock }, client, { signal, tries: 1 }),
    askAuthorization: (provider, client, redirectUri, signal) =>
      askAuthorization(network, provider, client, redirectUri, signal),
    configuration: () => configuration.current(),
    policies: () => policyStates(policySources(needs.policies)),
    profileFolder,
    keychain: needs.keychain,
    gateway: () => needs.gateway.view,
    changed: needs.selfTestChanged,
  });
  const report = new SupportReport({
    clock,
    view: model,
    support,
    selfTest,
    person: needs.policies.computer,
  });
  return { support, selfTest, report };
}
