import { SerialQueue } from './base/serial-queue';
import {
  AppTray,
  Background,
  bringToFront,
  launchAtLogin,
  type MainWindow,
  notify,
  SessionNotices,
  systemText,
} from './desktop';
import type { Parts } from './parts';
import { signInSummary } from './view';

interface Desk {
  readonly window: MainWindow;
  /** The language of the system, as a BCP 47 tag. */
  readonly locale: string;
  readonly isHidden: boolean;
  readonly onQuitting: (listener: () => void) => void;
  readonly quit: () => void;
}

/** Keeps the app in the tray as the settings want it, with a menu that says who is signed in. */
export function liveInTray(parts: Parts, { window, locale, isHidden, onQuitting, quit }: Desk): Background {
  const { clock, configuration, model, sessions } = parts;
  const open = () => {
    bringToFront(window);
  };
  const background = new Background({
    window,
    tray: new AppTray({ text: systemText(locale), open, quit }),
    summary: () => signInSummary(model.ids().map((id) => sessions.state(id))),
    onQuitting,
    clock,
    isHidden,
  });
  configuration.onChange(({ settings }) => {
    background.follow(settings.keep_running.value || settings['gateway.enabled'].value);
    // What the new configuration does to the sessions is not done yet.
    background.changed();
  });
  sessions.onChange(() => {
    background.changed();
  });
  return background;
}

/** Tells people who do not look at the window that a session ended, where the settings want it. */
export function tellOfEnds(
  parts: Parts,
  { window, locale }: Pick<Desk, 'window' | 'locale'>,
): SessionNotices {
  const { clock, configuration, model, sessions } = parts;
  const { ended } = systemText(locale);
  const notices = new SessionNotices({
    clock,
    isWanted: () => configuration.current().settings.notifications.value,
    isWatched: () => window.isFocused(),
    tell: (ids) => {
      notify(ended(ids.map((id) => model.registry(id)?.name ?? id)), () => {
        bringToFront(window);
      });
    },
  });
  sessions.onChange((id, event) => {
    notices.note(id, event);
  });
  return notices;
}

/** Starts at login as the settings want it, from now on and after each change of them. */
export function followLaunchAtLogin({ configuration, settingProblems }: Parts): void {
  const turns = new SerialQueue();
  let asked: boolean | undefined;
  const follow = () => {
    const setting = configuration.current().settings.launch_at_login;
    if (setting.value === asked) return;
    asked = setting.value;
    void turns.run('launch-at-login', async () => {
      const done = await launchAtLogin(setting.value);
      settingProblems.tell('launch_at_login', setting, done.ok ? undefined : done.failure);
    });
  };
  follow();
  configuration.onChange(follow);
}
