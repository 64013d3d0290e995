import { Agent, fetch } from 'undici';
import type { Surroundings } from './contest';

/** What libraries call in the place of the global `fetch`; each declares its own part of the options. */
type Fetch = (url: string, options: object) => Promise<Response>;

/** undici's `fetch` on connections of its own that trust the provider's certificate authority, in the shape libraries take. */
export function trustingFetch({ ca }: Pick<Surroundings, 'ca'>): {
  readonly fetch: Fetch;
  readonly close: () => void;
} {
  const dispatcher = new Agent({ connect: { ca } });
  return {
    // The same class as the global one in another version, which types keep apart. To copy the answer would take time that
    // is not the library's.
    fetch: (url, options) => fetch(url, { ...options, dispatcher }) as Promise<unknown> as Promise<Response>,
    close: () => void dispatcher.destroy(),
  };
}
