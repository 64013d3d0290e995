import { type Failure, failure } from './base/failure';
import { configurationTemplate, exportedPolicy } from './config';
import {
  type AppShell,
  bringToFront,
  type CommandLine,
  commandHandlers,
  handleCommands,
  type OpenedWindow,
  openConfigurationFile,
  placeMainWindow,
  pushEvent,
  saveTextFile,
  showWhenPainted,
  wasOpenedAtLogin,
} from './desktop';
import {
  closeParts,
  followConfiguration,
  followSessions,
  followVault,
  smallFile,
  stopForGood,
  untilPageHasAsked,
} from './life-cycle';
import { followLaunchAtLogin, liveInTray, tellOfEnds } from './outside-window';
import { buildParts, type Parts } from './parts';

/**
 * Brings the window to life: the page's commands are answered when this returns, before any file, keychain or network
 * has answered; those are read afterwards.
 */
export function start(
  { userDataFolder, documentsFolder, version, locale, beforeQuit, onAskedFor, onQuitting, quit }: AppShell,
  commandLine: CommandLine,
  opened: OpenedWindow,
): void {
  const { window } = opened;
  const parts = buildParts({
    profileFolder: userDataFolder,
    ...(commandLine.policyDir !== undefined && { policyFolder: commandLine.policyDir }),
    version,
    beforeParsing: (size) => (size > smallFile ? pageHasAsked() : Promise.resolve()),
    push: (name, payload) => {
      pushEvent(page, name, payload);
    },
    showWindow: () => {
      showWindow();
    },
  });
  const { checks, configuration, configurationFile, editor, events, profile, servers, sessions } = parts;
  handleCommands(
    commandHandlers({
      snapshot: () => parts.view.snapshot(),
      sessions,
      editor,
      signInFinder: parts.signInFinder,
      checks,
      servers,
      support: parts.support,
      selfTest: parts.selfTest,
      recovery: parts.recovery,
      report: parts.report,
      documentsFolder,
      tokens: parts.tokens,
      userFile: parts.userFile,
      openConfigurationFile: () => openConfigurationFile(configurationFile, configurationTemplate),
      exportPolicy: () =>
        saveTextFile(window, { name: 'policy.yaml', text: exportedPolicy(configuration.current()) }),
      vault: parts.vault,
      quit,
    }),
    // Until the profile is this process's, nothing of it may be read: what is damaged could not be set aside.
    (name) =>
      name === 'readView' || name === 'quit' || profile.known.then(() => profile.refusal === undefined),
  );
  const isHidden = commandLine.hidden || wasOpenedAtLogin();
  placeMainWindow(window, parts.preferences);
  if (!isHidden) showWhenPainted(opened);
  // Still there to be asked whether it is destroyed when the window is not.
  const page = window.webContents;
  const showWindow = () => {
    bringToFront(window);
  };
  onAskedFor(showWindow);
  events.record({ level: 'info', name: 'app-started' });
  events.onEntry((entry) => {
    pushEvent(page, 'activity', entry);
  });
  followSessions(parts, showWindow);
  followVault(parts);
  const desk = { window, locale: locale(), isHidden, onQuitting, quit };
  const background = liveInTray(parts, desk);
  const notices = tellOfEnds(parts, desk);

  let closing: Promise<void> | undefined;
  beforeQuit(async () => {
    events.record({ level: 'info', name: 'app-stopped' });
    await (closing ?? closeParts(parts));
    await profile.release();
  });
  const stop = (reason: Failure) => {
    closing ??= stopForGood(parts, reason);
    background.follow(false);
    notices.close();
    // Nobody is there to read why.
    if (isHidden) quit();
  };

  let asked: Promise<void> | undefined;
  const pageHasAsked = () => (asked ??= untilPageHasAsked(parts));
  void readProfile(parts, pageHasAsked, stop);
}

/** Takes the profile, then reads what is kept in it, and lets everything follow that. */
async function readProfile(
  parts: Parts,
  pageHasAsked: () => Promise<void>,
  stop: (reason: Failure) => void,
): Promise<void> {
  const { configuration, profile, scheduler, vault } = parts;
  // One process per profile: what a second one refreshes would end the sessions of the first.
  const taken = await profile.take();
  if (!taken.ok) {
    stop(taken.failure);
    return;
  }
  void profile.lost.then(() => {
    stop(failure('STORE_CONTENDED'));
  });
  // Records first: a registry then shows at once whether it is signed in, without a flash of "Signed out".
  await vault.list();
  await configuration.start();
  followConfiguration(parts);
  // What follows asks the network, and the page is not waiting for any of it.
  await pageHasAsked();
  followLaunchAtLogin(parts);
  scheduler.start();
}
