import type { Failure } from './base/failure';
import { applyTheme } from './desktop';
import type { Parts } from './parts';

/** Longest wait for the page, in milliseconds: sessions are kept alive also when it never asks. */
const longestWaitMs = 3_000;

/** Characters of a configuration file that are parsed in the time the page takes to start: some 250 registries. */
export const smallFile = 64 * 1024;

/**
 * Resolves when the page has what it draws first. Its files come from this process: a large configuration that is parsed
 * before they are sent would keep the window empty for as long as that takes.
 */
export function untilPageHasAsked({ clock, view }: Parts): Promise<void> {
  return new Promise((resolve) => {
    clock.after(longestWaitMs, resolve);
    void view.asked().then(() => setImmediate(resolve));
  });
}

/** Lets the sessions, the gateway and the window do what the configuration says now, and after each change of it. */
export function followConfiguration({
  configuration,
  events,
  extraAuthorities,
  gateway,
  servers,
  sessions,
  tokens,
  view,
}: Parts): void {
  const follow = () => {
    const { registries, settings, problems } = configuration.current();
    const [problem] = problems;
    events.record({
      name: 'configuration-changed',
      ...(problem === undefined ? { level: 'info' } : { level: 'warn', code: problem.code }),
    });
    // Before the sessions, which may ask the network at once.
    extraAuthorities.follow(settings.extra_ca_file.value);
    sessions.configure(registries, settings.sign_in_timeout_seconds.value);
    tokens.configure(registries);
    applyTheme(settings.theme.value);
    void gateway.follow({
      enabled: settings['gateway.enabled'].value,
      port: settings['gateway.port'].value,
    });
    if (configuration.isComplete()) void sessions.retainRecords();
    servers.configurationChanged();
    view.changed({ kind: 'list' });
    view.changed({ kind: 'app' });
  };
  follow();
  configuration.onChange(follow);
}

/** Passes on what happens to the sessions: to the log, to the window, and to whoever asks registries with them. */
export function followSessions(
  { accounts, checks, events, history, servers, sessionActivity, sessions, view }: Parts,
  showWindow: () => void,
): void {
  sessions.onChange((id, event) => {
    history.note(id, event);
    events.record(sessionActivity.of(id, event));
    // Rows of the same provider tell how many others hold its session, which no refresh changes.
    const concernsOthers = !event.type.startsWith('refresh-') && sessions.siblings(id) > 0;
    view.changed(concernsOthers ? { kind: 'list' } : { kind: 'row', id });
    servers.sessionChanged(id, event);
    accounts.sessionChanged(id, event);
    if (event.type === 'signed-out') checks.forget(id);
    if (event.type === 'sign-in-succeeded') {
      showWindow();
      void checks.check(id);
    }
  });
}

/** Passes on what the vault can do: a keychain that is unlocked later brings sessions back without a restart. */
export function followVault({ scheduler, sessions, tokens, vault, view }: Parts): void {
  let wasMissing = false;
  vault.onChange(() => {
    const source = vault.keySource();
    const isMissing = source !== 'pending' && source.kind === 'memory';
    if (wasMissing && !isMissing) {
      sessions.keychainOpened();
      scheduler.keychainOpened();
      tokens.reload();
    }
    wasMissing = isMissing;
    sessions.storageChanged();
    view.changed({ kind: 'app' });
  });
}

/**
 * Another process has the profile, or it cannot be used at all: says so in the window and in the log, and does nothing
 * any more. What this process would refresh or write now could sign people out in the other one.
 */
export async function stopForGood(parts: Parts, reason: Failure): Promise<void> {
  parts.events.record({ level: 'warn', name: 'app-stopped', code: reason.code });
  parts.view.changed({ kind: 'app' });
  await closeParts(parts);
}

/** Ends everything in the order in which the parts need each other; a refresh in progress comes to its end. */
export async function closeParts(parts: Parts): Promise<void> {
  const { checks, configuration, gateway, network, report, scheduler, selfTest, sessions, tokens, vault } =
    parts;
  selfTest.cancel();
  report.cancel();
  configuration.close();
  await gateway.close();
  tokens.close();
  checks.close();
  scheduler.stop();
  await sessions.close();
  await vault.close();
  await network.close();
}
