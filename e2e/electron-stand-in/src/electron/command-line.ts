import { hostState } from '../host/state';
import { strict } from '../host/strict';

const implementation = {
  appendSwitch(name: string, value = ''): void {
    hostState.switches.set(name, value);
  },
  hasSwitch: (name: string) => hostState.switches.has(name),
  getSwitchValue: (name: string) => hostState.switches.get(name) ?? '',
  removeSwitch(name: string): void {
    hostState.switches.delete(name);
  },
} satisfies Pick<Electron.CommandLine, 'appendSwitch' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch'>;

export const commandLine = strict<Electron.CommandLine>(implementation, 'app.commandLine');
