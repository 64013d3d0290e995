import { hostState } from '../host/state';

/** The app's name and version: what the app set, else its package.json, else Electron's own. */
class AppIdentity {
  private chosenName: string | undefined;

  get name(): string {
    return this.chosenName ?? hostState.manifest.productName ?? hostState.manifest.name ?? 'Electron';
  }

  set name(name: string) {
    this.chosenName = name;
  }

  get version(): string {
    return hostState.manifest.version ?? hostState.electronVersion;
  }
}

export const appIdentity = new AppIdentity();
