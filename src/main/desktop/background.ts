import type { Clock } from '../base/clock';
import type { SignInSummary } from '../view';

/** The window, as far as closing it is concerned. */
export interface ClosableWindow {
  on(event: 'close', listener: (event: { preventDefault(): void }) => void): unknown;
  on(event: 'show', listener: () => void): unknown;
  hide(): void;
}

export interface TrayIcon {
  /** Shows the icon, or what its menu says now. */
  show(summary: SignInSummary): void;
  remove(): void;
}

interface Parts {
  readonly window: ClosableWindow;
  readonly tray: TrayIcon;
  readonly summary: () => SignInSummary;
  /** Calls back when the app is about to end, before its windows close. */
  readonly onQuitting: (listener: () => void) => void;
  readonly clock: Pick<Clock, 'after'>;
  /** Whether the window was not shown at the start. */
  readonly isHidden: boolean;
}

/** Sessions change by the hundred when a computer wakes up; the menu is drawn once. */
const drawAfterMs = 200;

/**
 * The app beside its window. Closing the window hides it where the app keeps running, else ends the app. A window that is
 * hidden always has an icon in the tray, also when keeping running was switched off meanwhile: nothing else would lead
 * back to it.
 */
export class Background {
  readonly #parts: Parts;
  #keepsRunning = false;
  #isHidden: boolean;
  #isQuitting = false;
  #isDue = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#isHidden = parts.isHidden;
    const { window, onQuitting } = parts;
    onQuitting(() => {
      this.#isQuitting = true;
    });
    window.on('close', (event) => {
      if (this.#isQuitting || !this.#keepsRunning) return;
      event.preventDefault();
      this.#isHidden = true;
      window.hide();
    });
    window.on('show', () => {
      this.#isHidden = false;
      this.#draw();
    });
    this.#draw();
  }

  /** @param keepsRunning whether closing the window leaves the app in the tray */
  follow(keepsRunning: boolean): void {
    this.#keepsRunning = keepsRunning;
    this.#draw();
  }

  /** Something of the summary may have changed. */
  changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#parts.clock.after(drawAfterMs, () => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { tray, summary } = this.#parts;
    if (this.#isQuitting) return;
    if (this.#keepsRunning || this.#isHidden) tray.show(summary());
    else tray.remove();
  }
}
