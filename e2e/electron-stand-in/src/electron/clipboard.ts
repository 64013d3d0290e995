import { strict } from '../host/strict';

/** A clipboard of this process alone, so that tests neither read nor change the person's. */
let text = '';

const implementation = {
  readText: () => Promise.resolve(text),
  writeText: (value: string) => {
    text = value;
    return Promise.resolve();
  },
  clear: () => {
    text = '';
  },
} satisfies Pick<Electron.Clipboard, 'readText' | 'writeText' | 'clear'>;

export const clipboard = strict<Electron.Clipboard>(implementation, 'clipboard');
