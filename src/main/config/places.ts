import { posix, win32 } from 'node:path';

/** What the places of configuration depend on. */
export interface Computer {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  readonly userName: string;
}

/** Where configuration of others is looked for on this computer; of several places the first counts. */
export interface Places {
  readonly policyFile?: string;
  /** Preferences that a device management delivers as property lists. */
  readonly managedPreferences: readonly string[];
  readonly registryKeys: readonly string[];
  readonly toolhiveFile: string;
}

/** As macOS files preferences: the app's bundle id. */
const bundleId = 'app.gatepass.desktop';

/** Every place by name; reading and trusting them is up to the sources. */
export function placesOn(computer: Computer): Places {
  const toolhiveFile = toolhiveFileOn(computer);
  if (computer.platform === 'win32')
    // No file: ordinary users can create folders below ProgramData.
    return {
      managedPreferences: [],
      registryKeys: ['HKLM\\SOFTWARE\\Policies\\Gatepass', 'HKCU\\SOFTWARE\\Policies\\Gatepass'],
      toolhiveFile,
    };
  if (computer.platform === 'darwin')
    return {
      policyFile: '/Library/Application Support/Gatepass/policy.yaml',
      managedPreferences: [
        `/Library/Managed Preferences/${computer.userName}/${bundleId}.plist`,
        `/Library/Managed Preferences/${bundleId}.plist`,
      ],
      registryKeys: [],
      toolhiveFile,
    };
  return {
    policyFile: '/etc/gatepass/policy.yaml',
    managedPreferences: [],
    registryKeys: [],
    toolhiveFile,
  };
}

/** As ToolHive's own library (adrg/xdg) does: `XDG_CONFIG_HOME` counts on every system, if it is a complete path. */
function toolhiveFileOn(computer: Computer): string {
  const path = computer.platform === 'win32' ? win32 : posix;
  const given = computer.env['XDG_CONFIG_HOME'];
  const folder = given !== undefined && path.isAbsolute(given) ? given : usualFolder(computer);
  return path.join(folder, 'toolhive', 'config.yaml');
}

/** Where programs keep their configuration. */
function usualFolder({ platform, env, homeFolder }: Computer): string {
  if (platform === 'darwin') return posix.join(homeFolder, 'Library', 'Application Support');
  if (platform !== 'win32') return posix.join(homeFolder, '.config');
  const given = env['LOCALAPPDATA'];
  const isUsable = given !== undefined && win32.isAbsolute(given);
  return isUsable ? given : win32.join(homeFolder, 'AppData', 'Local');
}
