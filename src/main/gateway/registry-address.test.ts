import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertHarmless } from '../base/testing/assert-harmless';
import { registryAddress } from './registry-address';

test('path and query are passed on letter by letter', () => {
  const path = '/v0.1/servers/io.github.acme%2Ffiles/versions/1.0.0%2Bbuild?a=%2F..&b=1?2';
  expect(registryAddress(`/registry/acme${path}`)).toEqual({ name: 'acme', path });
});

test('the id is decoded', () => {
  expect(registryAddress('/registry/m%C3%BCnchen/v0.1/servers')?.name).toBe('münchen');
});

test.each([
  '/registry/acme/v0.1/../admin',
  '/registry/acme/v0.1/./servers',
  '/registry/acme/v0.1/%2e%2e/admin',
  '/registry/acme/v0.1/%2E./admin',
  '/registry/acme/v0.1/servers%2F..%2F..%2Fadmin',
  '/registry/acme/v0.1/servers%5C..%5Cadmin',
  '/registry/acme/v0.1/..\\admin',
  '/registry/acme/v0.1/%252e%252e/admin',
  '/registry/acme/v0.1/ ',
  '/registry/acme/v0.1/.. ',
  '/registry/acme/v0.1//servers',
  '/registry/acme/v0.1/servers%00',
  '/registry/acme/v0.1/servers%0d%0aHost:%20evil.example',
  '/registry/acme/v0.1/servers%ff',
  '/registry/acme/v0.1/',
  '/registry/acme/v0.1',
  '/registry/acme/v0.2/servers',
  '/registry/acme/admin',
  '/registry/acme/v0.1/#servers',
  '/registry//v0.1/servers',
  '/registry/%/v0.1/servers',
  '//registry/acme/v0.1/servers',
])('%s leads nowhere', (target) => {
  expect(registryAddress(target)).toBeUndefined();
});

test('whatever comes, what is asked of the registry stays below its v0.1', () => {
  const step = fc.oneof(
    fc.constantFrom('..', '.', '%2e', '%2E%2e', '%2f', '%5c', '\\', '%252e', '#', '?', 'v0.1', 'servers', ''),
    fc.string({ unit: 'grapheme-ascii', maxLength: 4 }),
  );
  assertHarmless(
    fc.array(fc.oneof(step, fc.constant('/')), { maxLength: 12 }),
    (steps) => {
      const address = registryAddress(`/registry/acme/v0.1/${steps.join('')}`);
      if (address === undefined) return undefined;
      const base = 'https://mcp.acme.example/registry/engineering';
      const { origin, pathname } = new URL(base + address.path);
      expect(origin).toBe('https://mcp.acme.example');
      expect(pathname).toMatch(/^\/registry\/engineering\/v0\.1\/./);
      return undefined;
    },
    { numRuns: 2_000 },
  );
});
