import { expect, it } from 'vitest';
import { parseHostArguments } from './arguments';

it('reads preloads, switches, the app and its arguments', () => {
  const parsed = parseHostArguments([
    '-r',
    'loader.js',
    '--inspect=0',
    '--remote-debugging-port=0',
    '/app',
    'file',
    '--hidden',
  ]);
  expect(parsed.preloads).toEqual(['loader.js']);
  expect(parsed.target).toBe('/app');
  expect([...parsed.switches]).toEqual([
    ['inspect', '0'],
    ['remote-debugging-port', '0'],
    ['hidden', ''],
  ]);
  expect(parsed.visible).toEqual(['--inspect=0', '--remote-debugging-port=0', '/app', 'file', '--hidden']);
});

it('starts the folder it is in when no app is named', () => {
  expect(parseHostArguments(['--hidden']).target).toBe('.');
});

it('leaves an -r after the app to the app, and keeps what follows an equals sign', () => {
  const parsed = parseHostArguments(['.', '-r', 'mine', '--user-data-dir=/a=b']);
  expect(parsed.preloads).toEqual([]);
  expect(parsed.switches.get('user-data-dir')).toBe('/a=b');
});
