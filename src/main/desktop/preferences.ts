import Store from 'electron-store';
import type { Rectangle } from 'electron';

interface Values {
  /** Where the window was, in screen coordinates, when it was last closed. */
  window?: Rectangle;
}

/** Window place and such; never a secret (those live in the vault). */
export interface Preferences {
  windowBounds(): Rectangle | undefined;
  rememberWindowBounds(bounds: Rectangle): void;
}

export function openPreferences(folder: string): Preferences {
  // A preferences file that cannot be read costs a window's place, not a start.
  const store = new Store<Values>({ cwd: folder, name: 'preferences', clearInvalidConfig: true });
  return {
    windowBounds: () => store.get('window'),
    rememberWindowBounds: (bounds) => {
      store.set('window', bounds);
    },
  };
}
