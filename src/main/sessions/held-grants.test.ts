import { expect, test } from 'vitest';
import { HeldGrants } from './held-grants';

const acme = { issuer: 'https://login.acme.example', clientId: 'gatepass' };

test('counts the other registries that hold a session of the same issuer and client', () => {
  const grants = new HeldGrants();
  for (const id of ['one', 'two', 'three']) grants.note(acme, id, true);
  expect(grants.countBeside(acme, 'one')).toBe(2);
  expect(grants.countBeside(acme, 'four')).toBe(3);
});

test('a registry counts once, and not any more when it holds none', () => {
  const grants = new HeldGrants();
  for (let time = 0; time < 3; time += 1) grants.note(acme, 'one', true);
  expect(grants.countBeside(acme, 'two')).toBe(1);
  expect(grants.isHeld(acme)).toBe(true);
  for (let time = 0; time < 3; time += 1) grants.note(acme, 'one', false);
  expect(grants.countBeside(acme, 'two')).toBe(0);
  expect(grants.isHeld(acme)).toBe(false);
});

test('another client, another issuer, or both written together are another grant', () => {
  const grants = new HeldGrants();
  grants.note(acme, 'one', true);
  for (const other of [
    { ...acme, clientId: 'other' },
    { ...acme, issuer: `${acme.issuer}/` },
    { issuer: `${acme.issuer}","gatepass`, clientId: '' },
  ])
    expect(grants.countBeside(other, 'two')).toBe(0);
});
