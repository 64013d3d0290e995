import { expect, it } from 'vitest';
import { isHeadless } from './window-mode';

it.each([
  ['a display', { DISPLAY: ':0' }, [], false],
  ['a Wayland display', { WAYLAND_DISPLAY: 'wayland-0' }, [], false],
  ['no display', {}, [], true],
  ['a display and --hidden', { DISPLAY: ':0' }, ['hidden'], true],
  ['a display under test', { DISPLAY: ':0', STAND_IN_HEADLESS: '1' }, [], true],
  ['a display and a developer who wants to look', { DISPLAY: ':0', STAND_IN_HEADLESS: '0' }, [], false],
  [
    '--hidden even for a developer who wants to look',
    { DISPLAY: ':0', STAND_IN_HEADLESS: '0' },
    ['hidden'],
    true,
  ],
] as const)('with %s', (_name, env, names, headless) => {
  expect(isHeadless({ env, switches: new Map(names.map((name) => [name, ''])) })).toBe(headless);
});
