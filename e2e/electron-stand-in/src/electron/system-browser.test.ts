import { describe, expect, it } from 'vitest';
import { browserCommand, openWithSystem } from './system-browser';

const URL_TO_OPEN = 'https://example.invalid/?a=1&b=2';

describe('the command that opens an address', () => {
  it('is xdg-open unless $BROWSER says otherwise', () => {
    expect(browserCommand(URL_TO_OPEN, {})).toEqual(['xdg-open', URL_TO_OPEN]);
    expect(browserCommand(URL_TO_OPEN, { BROWSER: '' })).toEqual(['xdg-open', URL_TO_OPEN]);
  });

  it('is $BROWSER’s first choice, the address at the end or at %s, always as one argument', () => {
    expect(browserCommand(URL_TO_OPEN, { BROWSER: 'firefox:w3m' })).toEqual(['firefox', URL_TO_OPEN]);
    expect(browserCommand(URL_TO_OPEN, { BROWSER: 'open --url %s --new' })).toEqual([
      'open',
      '--url',
      URL_TO_OPEN,
      '--new',
    ]);
  });
});

describe('opening', () => {
  it('resolves when the program ends well', async () => {
    await expect(openWithSystem(['true'])).resolves.toBeUndefined();
  });

  it('resolves for a program that keeps running', async () => {
    await expect(openWithSystem(['sleep', '3'])).resolves.toBeUndefined();
  });

  it('rejects when the program fails or does not exist', async () => {
    await expect(openWithSystem(['false'])).rejects.toThrow('false ended with code 1');
    await expect(openWithSystem(['no-such-program'])).rejects.toThrow('no-such-program could not be started');
  });
});
