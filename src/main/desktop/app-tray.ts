import { app, Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import { join } from 'node:path';
import type { SignInSummary } from '../view';
import type { TrayIcon } from './background';
import { summaryLines, type SystemText } from './system-text';

interface Parts {
  readonly text: SystemText;
  readonly open: () => void;
  readonly quit: () => void;
}

/** macOS draws a template in the colour of its menu bar. */
const iconFile = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png';

/** The icon in the system's tray; there while it is wanted. */
export class AppTray implements TrayIcon {
  readonly #parts: Parts;
  #tray: Tray | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  show(summary: SignInSummary): void {
    this.#tray ??= this.#create();
    const lines = summaryLines(summary, this.#parts.text);
    this.#tray.setToolTip(['Gatepass', ...lines].join('\n'));
    // Linux shows changes of a menu only when it is given anew.
    this.#tray.setContextMenu(Menu.buildFromTemplate(this.#menu(lines)));
  }

  remove(): void {
    this.#tray?.destroy();
    this.#tray = undefined;
  }

  #create(): Tray {
    const tray = new Tray(join(app.getAppPath(), 'assets', iconFile));
    // On macOS a click opens the menu, as people expect there.
    if (process.platform !== 'darwin') tray.on('click', this.#parts.open);
    return tray;
  }

  #menu(lines: readonly string[]): MenuItemConstructorOptions[] {
    const { text, open, quit } = this.#parts;
    return [
      { label: text.open, click: open },
      { type: 'separator' },
      ...lines.map((label) => ({ label, enabled: false })),
      { type: 'separator' },
      { label: text.quit, click: quit },
    ];
  }
}
