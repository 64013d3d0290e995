import { expect, test } from 'vitest';
import { nearestName } from './nearest-name';

const known = ['registries', 'settings', 'version'];

test.each([
  ['registrys', 'registries'],
  ['Registries', 'registries'],
  ['setings', 'settings'],
  ['verison', 'version'],
  ['v', 'version'],
])('who writes %s means %s', (name, meant) => {
  expect(nearestName(name, known)).toBe(meant);
});

test('where nothing is known, nothing is meant', () => {
  expect(nearestName('settings', [])).toBe('');
});
