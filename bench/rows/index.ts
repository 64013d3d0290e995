import type { Row } from '../lib/contest';
import { accessToken } from './access-token';
import { coldHeaps, coldStarts } from './cold-start';
import { hundredCallers, hundredCallersRequests } from './hundred-callers';
import { listenerHostile, listenerShutDown } from './listener';
import { refresh } from './refresh';
import { signInCompleting, signInOpening } from './sign-in';

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
  listenerShutDown,
  listenerHostile,
];
