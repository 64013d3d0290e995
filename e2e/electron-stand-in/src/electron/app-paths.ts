import os from 'node:os';
import path from 'node:path';
import { hostState } from '../host/state';
import { appIdentity } from './app-identity';

const home = (): string => os.homedir();
const configHome = (): string => process.env['XDG_CONFIG_HOME'] ?? path.join(home(), '.config');

/** Linux's answers to `app.getPath`, until the app sets its own. */
export class AppPaths {
  private readonly chosen = new Map<string, string>();

  get(name: string): string {
    const chosen = this.chosen.get(name);
    if (chosen !== undefined) return chosen;
    switch (name) {
      case 'home':
        return home();
      case 'appData':
        return configHome();
      case 'userData':
        return path.resolve(
          hostState.workingDirectory,
          hostState.switches.get('user-data-dir') ?? this.defaultUserData(),
        );
      case 'sessionData':
        return this.get('userData');
      case 'temp':
        return os.tmpdir();
      case 'logs':
        return path.join(this.get('userData'), 'logs');
      case 'exe':
        return hostState.argv[0] ?? process.execPath;
      case 'desktop':
        return path.join(home(), 'Desktop');
      case 'documents':
        return path.join(home(), 'Documents');
      case 'downloads':
        return path.join(home(), 'Downloads');
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  }

  set(name: string, value: string): void {
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute');
    this.chosen.set(name, value);
  }

  private defaultUserData(): string {
    return path.join(configHome(), appIdentity.name);
  }
}

export const appPaths = new AppPaths();
