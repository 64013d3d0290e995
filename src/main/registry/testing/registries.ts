import { systemClock } from '../../base/clock';
import { createNetwork, type NetworkOptions, type NetworkStreams } from '../../base/net';
import type { Registry } from '../../config';
import { clientOf } from '../../identity/testing/client';

/** A registry as configuration would give it, on this computer and for everyone, changed where a test says so. */
export const aRegistry = (url: string, changes: Partial<Registry> = {}): Registry => ({
  id: 'acme',
  name: 'Acme',
  url,
  allowPrivateIp: true,
  auth: { type: 'none' },
  source: 'user',
  location: 'config.yaml',
  locked: false,
  warnings: [],
  ...changes,
});

/** The same behind a sign-in. */
export const aProtectedRegistry = (url: string, changes: Partial<Registry> = {}): Registry =>
  aRegistry(url, {
    auth: {
      type: 'oauth',
      oauth: clientOf('https://login.acme.example'),
      isCallbackPathWritten: false,
    },
    ...changes,
  });

/** The real network, straight to where it is asked to go. */
export const directNetwork = (more: Partial<NetworkOptions> = {}): NetworkStreams =>
  createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock: systemClock, ...more });
