import type { Row } from '../lib/contest';
import { accessToken } from './access-token';
import { coldHeaps, coldStarts } from './cold-start';
import { firstScreen } from './first-screen';
import { gatewayRows } from './gateway';
import { hundredCallers, hundredCallersRequests } from './hundred-callers';
import { idleCpu, idleWakeUps, memory, memoryRefreshes } from './idle';
import { listFilter, listScroll, listStatus, listTouched } from './list';
import { listenerHostile, listenerShutDown } from './listener';
import { refresh } from './refresh';
import { signInCompleting, signInOpening } from './sign-in';
import { windowPaint, windowRows } from './window';

/** In the order of the table. */
export const rows: readonly Row[] = [
  refresh,
  signInOpening,
  signInCompleting,
  accessToken,
  hundredCallers,
  hundredCallersRequests,
  ...coldStarts,
  ...coldHeaps,
  windowPaint,
  windowRows,
  firstScreen,
  listScroll,
  listFilter,
  listStatus,
  listTouched,
  memory,
  memoryRefreshes,
  idleCpu,
  idleWakeUps,
  ...gatewayRows,
  listenerShutDown,
  listenerHostile,
];
