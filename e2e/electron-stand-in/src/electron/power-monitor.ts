import { EventEmitter } from 'node:events';
import { strict } from '../host/strict';

/** A computer that is awake, in use and on mains; a spec emits `suspend`, `resume`, `lock-screen` … on it. */
class PowerMonitorStandIn
  extends EventEmitter
  implements
    Pick<
      Electron.PowerMonitor,
      'getSystemIdleState' | 'getSystemIdleTime' | 'isOnBatteryPower' | 'onBatteryPower'
    >
{
  readonly onBatteryPower = false;

  getSystemIdleState(): 'active' {
    return 'active';
  }

  getSystemIdleTime(): number {
    return 0;
  }

  isOnBatteryPower(): boolean {
    return false;
  }
}

export const powerMonitor = strict<Electron.PowerMonitor>(new PowerMonitorStandIn(), 'powerMonitor');
