import { net, powerMonitor } from 'electron';
import type { Surroundings } from '../sessions';

/** What Electron knows of network and sleep; to be used once the app is ready. */
export const systemSurroundings: Surroundings = {
  isOnline: () => net.isOnline(),
  onWake(listener) {
    powerMonitor.on('resume', listener);
  },
};
