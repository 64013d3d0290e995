import type { Network } from '../../base/net';
import type { FaultPoint } from '../../vault/fault-points';

/** The instants of one refresh at which a process can be stopped, in their order. */
export const killPoints = [
  'intent-before-write',
  'intent-temp-created',
  'intent-temp-written',
  'intent-before-rename',
  'intent-renamed',
  'intent-durable',
  'before-send',
  'answer-received',
  'body-read',
  'commit-before-write',
  'commit-temp-created',
  'commit-temp-written',
  'commit-before-rename',
  'commit-renamed',
  'commit-durable',
  'published',
] as const satisfies readonly (FaultPoint | 'before-send' | 'answer-received' | 'body-read' | 'published')[];

export type KillPoint = (typeof killPoints)[number];

/** From the provider's commit to our durable rename: only there can a provider that detects reuse hold us to it. */
export const narrowPoints: readonly KillPoint[] = [
  'answer-received',
  'body-read',
  'commit-before-write',
  'commit-temp-created',
  'commit-temp-written',
  'commit-before-rename',
];

/** Told when an instant is reached. */
type At = (point: KillPoint) => void;

/** The network, with the instants of a refresh request told. */
export function tellingNetwork(network: Network, at: At): Network {
  return {
    async fetch(url, request) {
      if (!(request?.body instanceof URLSearchParams && request.body.has('refresh_token')))
        return network.fetch(url, request);
      at('before-send');
      const response = await network.fetch(url, request);
      at('answer-received');
      const text = async () => {
        const body = await Response.prototype.text.call(response);
        at('body-read');
        return body;
      };
      return Object.assign(response, { text });
    },
  };
}
