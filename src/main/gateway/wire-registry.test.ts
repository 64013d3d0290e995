import { expect, test } from 'vitest';
import { clientOf } from '../identity/testing/client';
import { registryOf } from '../sessions/testing/registry-of';
import { wireRegistry } from './wire-registry';

const acme = registryOf('acme', clientOf('https://login.acme.example', { scopes: ['openid'] }));

test('how to sign in is shown, without an audience where none is set', () => {
  expect(wireRegistry(acme, 'expired')).toEqual({
    name: 'acme',
    display_name: 'acme',
    type: 'api',
    source: 'https://acme.example',
    config_source: 'user',
    auth_status: 'expired',
    auth_type: 'oauth',
    auth_config: { issuer: 'https://login.acme.example', client_id: 'gatepass', scopes: ['openid'] },
  });
});

test('a registry without sign-in has an empty word for it', () => {
  const open = wireRegistry({ ...acme, auth: { type: 'none' } }, 'none');
  expect(open.auth_type).toBe('');
  expect(open).not.toHaveProperty('auth_config');
});

test('of a bearer registry neither the token’s file nor its name is told', () => {
  const auth = { type: 'bearer', tokenFile: '/run/secrets/mcp-token', tokenRef: 'mcp' } as const;
  const bearer = wireRegistry({ ...acme, auth }, 'authenticated');
  expect(bearer.auth_type).toBe('bearer');
  expect(JSON.stringify(bearer)).not.toMatch(/mcp-token|tokenRef|"mcp"/);
});

test('a blocked registry says what was meant', () => {
  expect(
    wireRegistry({ ...acme, auth: { type: 'unusable', intended: 'oauth' } }, 'configured'),
  ).toMatchObject({
    auth_type: 'oauth',
    auth_status: 'configured',
  });
});

test('a static registry is one that says so, or whose address names a JSON file', () => {
  const typeOf = (more: object) => wireRegistry({ ...acme, ...more }, 'none').type;
  expect(typeOf({ url: 'https://acme.example/registry.json' })).toBe('static');
  expect(typeOf({ url: 'https://acme.example/registry.json', kind: 'api' })).toBe('api');
  expect(typeOf({ kind: 'static' })).toBe('static');
  expect(typeOf({ url: '' })).toBe('api');
});
