import { expect, test } from 'vitest';
import { identityOf, isSameIdentity } from './identity-of';

const issuer = 'https://login.acme.example';
const of = (claims: Record<string, unknown>) => identityOf(claims, issuer, 'gatepass');

test('an account is shown by email, else by user name, else by subject', () => {
  const all = { sub: 's', preferred_username: 'alice', email: 'alice@acme.example' };
  expect(of(all)).toEqual({ issuer, subject: 's', account: 'alice@acme.example' });
  expect(of({ ...all, email: undefined })).toMatchObject({ account: 'alice' });
  expect(of({ sub: 's', email: 7, preferred_username: '' })).toMatchObject({ account: 's' });
});

test('a name is one clean line', () => {
  expect(of({ sub: 's', email: 'a\u202eb\r\nc' })?.account).not.toMatch(/[\u202e\r\n]/);
});

test.each([
  {},
  { sub: '' },
  { sub: 7 },
  { sub: null },
  { sub: 's', azp: 'another' },
  { sub: 's', azp: null },
])('%j names nobody', (claims) => {
  expect(of(claims)).toBeUndefined();
});

test('claims of the prototype are none', () => {
  expect(of(Object.create({ sub: 'inherited' }) as Record<string, unknown>)).toBeUndefined();
});

test('who it is: issuer, subject, and the tenant where it was known', () => {
  const alice = { issuer, subject: 's', tenant: 't' };
  expect(isSameIdentity(alice, alice)).toBe(true);
  expect(isSameIdentity({ issuer, subject: 's' }, alice)).toBe(true);
  for (const other of [{ subject: 'x' }, { issuer: 'https://other.example' }, { tenant: 'x' }])
    expect(isSameIdentity(alice, { ...alice, ...other })).toBe(false);
});
