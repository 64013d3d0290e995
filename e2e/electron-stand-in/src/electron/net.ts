import fs from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { strict } from '../host/strict';

const implementation = {
  /** Node's fetch, not Chromium's network stack: no system proxy, no certificate store of the system. */
  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const url = typeof input === 'string' ? input : input.url;
    if (url.startsWith('file:')) return new Response(new Uint8Array(await fs.readFile(fileURLToPath(url))));
    return fetch(input, init);
  },
  isOnline: () => true,
  online: true,
} satisfies Pick<Electron.Net, 'fetch' | 'isOnline' | 'online'>;

export const net = strict<Electron.Net>(implementation, 'net');
