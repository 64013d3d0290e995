import { join } from 'node:path';
import type { EventName, EventPayload } from '../contract/bridge';
import { systemClock } from './base/clock';
import { chosenProxy, createNetwork, ExtraAuthorities } from './base/net';
import { ConfigStore, openSources, thisComputer, UserFile } from './config';
import {
  createRegistryEditor,
  openPreferences,
  safeStorageCodec,
  SignInFinder,
  systemBrowser,
  systemProxy,
  systemSurroundings,
} from './desktop';
import { Gateway } from './gateway';
import { CallbackListeners } from './identity';
import {
  BearerTokens,
  discoverAuth,
  RegistryAccounts,
  RegistryChecks,
  RegistryClient,
  ServerLists,
  StoredTokens,
} from './registry';
import { CallbackPaths, createIdentityService, heldBy, RefreshScheduler, Sessions } from './sessions';
import {
  ActivityLog,
  Recovery,
  registryActivity,
  SessionActivity,
  SessionHistory,
  tokenActivity,
} from './support';
import { buildSupport } from './support-parts';
import { createVault, keychainStatus, OsKeychain, ProfileLock } from './vault';
import { AppViewModel, SettingProblems, ViewState } from './view';

interface Surroundings {
  /** Folder of all state. */
  readonly profileFolder: string;
  /** Folder of a `policy.yaml` instead of the system's places of policy; for development. */
  readonly policyFolder?: string;
  readonly version: string;
  /** Awaited before a configuration file of so many characters is parsed. */
  readonly beforeParsing?: (size: number) => Promise<void>;
  /** Tells the window. */
  readonly push: <K extends EventName>(name: K, payload: EventPayload<K>) => void;
  readonly showWindow: () => void;
}

export type Parts = ReturnType<typeof buildParts>;

/** Builds the parts and hands them to each other; none of them has touched a file, a keychain or the network yet. */
export function buildParts({
  profileFolder,
  policyFolder,
  version,
  beforeParsing,
  push,
  showWindow,
}: Surroundings) {
  const clock = systemClock;
  const events: ActivityLog = new ActivityLog({
    folder: join(profileFolder, 'logs'),
    clock,
    isRegistry: (id) => model.registry(id) !== undefined,
  });
  const extraAuthorities: ExtraAuthorities = new ExtraAuthorities((failure) => {
    settingProblems.tell('extra_ca_file', configuration.current().settings.extra_ca_file, failure);
  });
  const resolveProxy = chosenProxy(() => configuration.current().settings.proxy.value, systemProxy);
  const network = createNetwork({
    resolveProxy,
    extraCa: () => extraAuthorities.current(),
    clock,
    userAgent: `Gatepass/${version}`,
  });
  const profile = new ProfileLock(profileFolder);
  const keychain = new OsKeychain({ clock });
  const vault = createVault({
    folder: join(profileFolder, 'vault'),
    isHolder: () => profile.isHeld(),
    keychain,
    safeStorage: safeStorageCodec,
    clock,
    events,
  });
  const configurationFile = join(profileFolder, 'config.yaml');
  const policies = {
    ...(policyFolder !== undefined && { policyFolder }),
    computer: thisComputer(),
    clock,
    ...(beforeParsing !== undefined && { beforeParsing }),
  };
  const configuration = new ConfigStore({
    sources: openSources({
      ...policies,
      configurationFile,
      sealed: (name) => vault.sealedFile(name),
    }),
    clock,
  });
  const listeners = new CallbackListeners(clock);
  const identity = createIdentityService({ network, clock, listeners, openBrowser: systemBrowser.open });
  const preferences = openPreferences(profileFolder);
  const callbackPaths = new CallbackPaths({
    providers: identity,
    memory: preferences.issuers,
    learnt: () => {
      view.changed({ kind: 'list' });
    },
  });
  const sessions: Sessions = new Sessions({ identity, vault, clock, callbackPaths });
  const scheduler = new RefreshScheduler({ sessions, clock, surroundings: systemSurroundings });
  const tokens: BearerTokens = new BearerTokens({
    environment: process.env,
    stored: new StoredTokens((name) => vault.sealedFile(name)),
    clock,
    replaced: (id, isThere) => {
      // It may be another account's.
      servers.sessionChanged(id, { type: 'signed-out' });
      accounts.sessionChanged(id, { type: 'signed-out' });
      if (isThere) void checks.check(id);
      else checks.forget(id);
    },
    changed: (id) => {
      events.record(tokenActivity(id, tokens.state(id)));
      view.changed({ kind: 'row', id });
    },
  });
  const sessionState = (id: string) => tokens.state(id) ?? sessions.state(id);
  const client = new RegistryClient({
    network,
    clock,
    registry: (id) => model.registry(id),
    accessToken: async (id, options) =>
      (await tokens.accessToken(id, options.refused)) ?? sessions.accessToken(id, options),
    judged: (id, verdict) => {
      tokens.judge(id, verdict);
      sessions.judge(id, verdict);
    },
  });
  const checks: RegistryChecks = new RegistryChecks({
    client,
    clock,
    registry: (id) => model.registry(id),
    changed: (id) => {
      const checked = registryActivity(id, checks.reachability(id));
      if (checked !== undefined) events.record(checked);
      if (checks.reachability(id)?.kind === 'answers') void accounts.ask(id);
      view.changed({ kind: 'row', id });
    },
  });
  const accounts: RegistryAccounts = new RegistryAccounts({
    client,
    clock,
    registry: (id) => model.registry(id),
    changed: (id) => {
      view.changed({ kind: 'row', id });
    },
  });
  const servers: ServerLists = new ServerLists({
    client,
    clock,
    checks,
    registry: (id) => model.registry(id),
    account: (id) => {
      const state = sessions.state(id);
      return state && heldBy(state)?.account;
    },
  });
  const settingProblems = new SettingProblems(() => {
    view.changed({ kind: 'app' });
  });
  const model = new AppViewModel({
    configuration: () => (configuration.isStarted() ? configuration.current() : undefined),
    sessionState,
    beforeSignIn: (id) => sessions.beforeSignIn(id),
    siblings: (id) => sessions.siblings(id),
    redirectUri: (id) => sessions.redirectUri(id),
    reachability: (id) => checks.reachability(id),
    token: (id) => tokens.view(id),
    knownAs: (id) => accounts.knownAs(id),
    gateway: () => gateway.view,
    keychain: () => keychainStatus(vault.keySource(), vault.keySourceChange()),
    refusal: () => profile.refusal,
    settingProblems: () => settingProblems.all(),
    configurationFile,
    version,
  });
  const view = new ViewState(model, (patch) => {
    push('viewPatch', patch);
  });
  const gateway: Gateway = new Gateway({
    services: {
      registries: () => configuration.current().registries,
      registry: (id) => model.registry(id),
      authStatus: (id) => model.row(id)?.status ?? 'none',
      sessions,
      client,
      sessionControl: () => {
        const { value, locked } = configuration.current().settings['gateway.allow_session_control'];
        return { isAllowed: value, isLocked: locked };
      },
      askPerson: showWindow,
      events,
      version,
    },
    clock,
    folder: profileFolder,
    changed: () => {
      view.changed({ kind: 'app' });
    },
  });
  const history = new SessionHistory(clock);
  const { support, selfTest, report } = buildSupport({
    clock,
    network,
    resolveProxy,
    extraAuthorities,
    policies,
    configuration,
    profileFolder,
    version,
    keychain,
    vault,
    sessionState,
    sessions,
    scheduler,
    identity,
    checks,
    gateway,
    history,
    events,
    model,
    selfTestChanged: (run) => {
      push('selfTest', run);
    },
  });
  const userFile = new UserFile({ path: configurationFile, configuration, clock });
  const recovery = new Recovery({
    vault,
    sessions,
    tokens,
    registries: () => configuration.current().registries,
    forgetAnswer: (id) => {
      checks.forget(id);
    },
    setConfigurationAside: () => userFile.setAside(),
  });
  const editor = createRegistryEditor({
    configuration,
    configurationFile,
    userFile,
    sessions,
    tokens,
    identity,
    callbackPaths,
    network,
  });
  const signInFinder = new SignInFinder({
    userFile,
    configurationFile,
    ask: (registry, signal) => discoverAuth({ network, clock }, registry, signal),
  });
  return {
    accounts,
    checks,
    clock,
    configuration,
    configurationFile,
    editor,
    events,
    extraAuthorities,
    gateway,
    history,
    model,
    network,
    preferences,
    profile,
    recovery,
    report,
    scheduler,
    servers,
    selfTest,
    sessionActivity: new SessionActivity(clock),
    sessions,
    settingProblems,
    signInFinder,
    support,
    tokens,
    userFile,
    vault,
    view,
  };
}
