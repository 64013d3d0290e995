import Store from 'electron-store';
import type { Rectangle } from 'electron';
import type { IssuerMemory, KnownIssuer } from '../sessions';

interface Values {
  /** Where the window was, in screen coordinates, when it was last closed. */
  window?: Rectangle;
  issuers?: Readonly<Record<string, KnownIssuer>>;
}

/** What is kept of no importance but convenience; never a secret (those live in the vault). */
export interface Preferences {
  /** What the redirect addresses of issuers depend on. */
  readonly issuers: IssuerMemory;
  windowBounds(): Rectangle | undefined;
  rememberWindowBounds(bounds: Rectangle): void;
}

export function openPreferences(folder: string): Preferences {
  // A preferences file that cannot be read costs a window's place, not a start.
  const store = new Store<Values>({ cwd: folder, name: 'preferences', clearInvalidConfig: true });
  // Asked for every row; the store would read its file each time.
  const issuers = new Map(Object.entries(store.get('issuers') ?? {}));
  return {
    issuers: {
      of: (issuer) => issuers.get(issuer),
      remember: (issuer, known) => {
        store.set('issuers', Object.fromEntries(issuers.set(issuer, known)));
      },
    },
    windowBounds: () => store.get('window'),
    rememberWindowBounds: (bounds) => {
      store.set('window', bounds);
    },
  };
}
