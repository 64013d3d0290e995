import { join } from 'node:path';
import { systemClock } from './base/clock';
import { createNetwork } from './base/net';
import { ConfigStore, configurationTemplate, openSources, thisComputer, UserFile } from './config';
import {
  type AppShell,
  applyTheme,
  bringToFront,
  commandHandlers,
  createRegistryEditor,
  handleCommands,
  isPackaged,
  openConfigurationFile,
  openMainWindow,
  openPreferences,
  prepareApp,
  pushEvent,
  readCommandLine,
  safeStorageCodec,
  systemBrowser,
  systemProxy,
  systemSurroundings,
} from './desktop';
import { Gateway } from './gateway';
import { CallbackListeners } from './identity';
import { RegistryChecks, RegistryClient } from './registry';
import { CallbackPaths, createIdentityService, RefreshScheduler, Sessions } from './sessions';
import { ActivityLog, registryActivity, SessionActivity, SessionHistory, Support } from './support';
import { createVault, openProfileLock, OsKeychain } from './vault';
import { AppViewModel, ViewState } from './view';

const commandLine = readCommandLine(process.argv.slice(1), process.cwd(), isPackaged());
const shell = prepareApp(commandLine);
if (shell.isFirstInstance) void shell.whenReady().then(() => start(shell));
else shell.quit();

/** Builds the parts, hands them to each other, and shows the window before any file, keychain or network has answered. */
async function start({
  userDataFolder,
  version,
  beforeQuit,
  onSecondInstance,
  quit,
}: AppShell): Promise<void> {
  const clock = systemClock;
  const events: ActivityLog = new ActivityLog({
    folder: join(userDataFolder, 'logs'),
    clock,
    isRegistry: (id) => model.registry(id) !== undefined,
  });
  const sessionActivity = new SessionActivity(clock);
  const network = createNetwork({ resolveProxy: systemProxy, clock, userAgent: `Gatepass/${version}` });
  const vault = createVault({
    folder: join(userDataFolder, 'vault'),
    keychain: new OsKeychain({ clock }),
    safeStorage: safeStorageCodec,
    clock,
    events,
  });
  const configurationFile = join(userDataFolder, 'config.yaml');
  const configuration = new ConfigStore({
    sources: openSources({
      configurationFile,
      ...(commandLine.policyDir !== undefined && { policyFolder: commandLine.policyDir }),
      computer: thisComputer(),
      sealed: (name) => vault.sealedFile(name),
      clock,
    }),
    clock,
  });
  const listeners = new CallbackListeners(clock);
  const identity = createIdentityService({ network, clock, listeners, openBrowser: systemBrowser.open });
  const preferences = openPreferences(userDataFolder);
  const callbackPaths = new CallbackPaths({
    providers: identity,
    memory: preferences.issuers,
    learnt: () => {
      view.changed({ kind: 'list' });
    },
  });
  const sessions: Sessions = new Sessions({ identity, vault, clock, callbackPaths });
  const scheduler = new RefreshScheduler({ sessions, clock, surroundings: systemSurroundings });
  const client = new RegistryClient({
    network,
    clock,
    registry: (id) => model.registry(id),
    accessToken: (id, options) => sessions.accessToken(id, options),
    judged: (id, verdict) => {
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
      view.changed({ kind: 'row', id });
    },
  });
  let isConfigured = false;
  const model = new AppViewModel({
    configuration: () => (isConfigured ? configuration.current() : undefined),
    sessionState: (id) => sessions.state(id),
    siblings: (id) => sessions.siblings(id),
    redirectUri: (id) => sessions.redirectUri(id),
    reachability: (id) => checks.reachability(id),
    gateway: () => gateway.view,
    configurationFile,
    version,
  });
  const view = new ViewState(model, (patch) => {
    pushEvent(page, 'viewPatch', patch);
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
      events,
      version,
    },
    clock,
    folder: userDataFolder,
    changed: () => {
      view.changed({ kind: 'app' });
    },
  });

  const history = new SessionHistory(clock);
  const support = new Support({
    registry: (id) => model.registry(id),
    sessions,
    vault,
    providers: identity,
    reachability: (id) => checks.reachability(id),
    history,
    log: events,
    version,
    profileFolder: userDataFolder,
    startedAt: clock.now(),
  });
  const userFile = new UserFile({ path: configurationFile, configuration, clock });
  const editor = createRegistryEditor({
    configuration,
    configurationFile,
    userFile,
    sessions,
    identity,
    callbackPaths,
    network,
  });
  handleCommands(
    commandHandlers({
      snapshot: () => view.snapshot(),
      sessions,
      editor,
      checks,
      support,
      userFile,
      openConfigurationFile: () => openConfigurationFile(configurationFile, configurationTemplate),
    }),
  );
  const window = openMainWindow({ preferences, hidden: commandLine.hidden });
  // Still there to be asked whether it is destroyed when the window is not.
  const page = window.webContents;
  events.record({ level: 'info', name: 'app-started' });
  events.onEntry((entry) => {
    pushEvent(page, 'activity', entry);
  });
  onSecondInstance(() => {
    bringToFront(window);
  });

  sessions.onChange((id, event) => {
    history.note(id, event);
    events.record(sessionActivity.of(id, event));
    // Rows of the same provider tell how many others hold its session, which no refresh changes.
    const concernsOthers = !event.type.startsWith('refresh-') && sessions.siblings(id) > 0;
    view.changed(concernsOthers ? { kind: 'list' } : { kind: 'row', id });
    if (event.type === 'signed-out') checks.forget(id);
    if (event.type === 'sign-in-succeeded') {
      bringToFront(window);
      void checks.check(id);
    }
  });
  const follow = () => {
    const { registries, settings, problems } = configuration.current();
    const [problem] = problems;
    events.record({
      name: 'configuration-changed',
      ...(problem === undefined ? { level: 'info' } : { level: 'warn', code: problem.code }),
    });
    sessions.configure(registries, settings.sign_in_timeout_seconds.value);
    applyTheme(settings.theme.value);
    void gateway.follow({
      enabled: settings['gateway.enabled'].value,
      port: settings['gateway.port'].value,
    });
    if (configuration.isComplete()) void sessions.retainRecords();
    view.changed({ kind: 'list' });
    view.changed({ kind: 'app' });
  };
  let releaseProfile = () => Promise.resolve();
  beforeQuit(async () => {
    events.record({ level: 'info', name: 'app-stopped' });
    configuration.close();
    await gateway.close();
    checks.close();
    scheduler.stop();
    await sessions.close();
    await vault.close();
    await network.close();
    await releaseProfile();
  });

  // One process per profile: what a second one refreshes would end the sessions of the first.
  const lock = await openProfileLock(userDataFolder);
  if (!lock.ok) {
    events.record({ level: 'warn', name: 'app-stopped', code: lock.failure.code });
    quit();
    return;
  }
  releaseProfile = lock.value.release;
  // Records first: a registry then shows at once whether it is signed in, without a flash of "Signed out".
  await vault.list();
  await configuration.start();
  isConfigured = true;
  follow();
  configuration.onChange(follow);
  scheduler.start();
}
