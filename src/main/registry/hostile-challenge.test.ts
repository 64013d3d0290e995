import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { startRegistry } from '../../../e2e/servers/registry';
import { manualClock } from '../base/manual-clock';
import { success } from '../base/failure';
import { Secret } from '../base/secret';
import { RegistryClient } from './registry-client';
import { aProtectedRegistry, directNetwork } from './testing/registries';

vi.setConfig({ testTimeout: 30_000 });

test('a registry may say what it likes in WWW-Authenticate: 401 is asked once more with a new token, 403 is not', async () => {
  const server = await startRegistry({ name: 'Acme', issuer: 'https://id.acme.example' });
  const registry = aProtectedRegistry(server.url);
  let asked = 0;
  const judged: string[] = [];
  const client = new RegistryClient({
    network: directNetwork(),
    clock: manualClock(),
    registry: () => registry,
    accessToken: () => Promise.resolve(success(new Secret(`token-${asked++}`))),
    judged: (_id, verdict) => judged.push(verdict.ok ? 'taken' : verdict.failure.code),
  });
  const header = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'Bearer ',
          'Basic ',
          'error="invalid_token"',
          'error="insufficient_scope"',
          ', ',
          '"',
          '\\',
        ),
        fc.constantFrom('resource_metadata="http://169.254.169.254/"', 'scope="', 'realm=', '='),
        fc.string({ unit: 'grapheme-ascii', maxLength: 8 }),
      ),
      { maxLength: 10 },
    )
    .map((parts) => parts.join('').replace(/[^\x20-\x7e]/g, ''));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(401, 403), header, async (status, value) => {
      asked = judged.length = 0;
      server.list.answerWith((_request, response) => {
        response.writeHead(status, { 'www-authenticate': value }).end();
      });
      const before = server.requests.length;
      const answer = await client.request(registry, { path: '/v0.1/servers' });
      const code = status === 401 ? 'REGISTRY_REJECTED_TOKEN' : 'REGISTRY_FORBIDDEN';
      expect(answer).toMatchObject({ ok: false, failure: { code } });
      expect(judged.at(-1)).toBe(status === 401 ? code : 'taken');
      // Nothing is fetched from where a challenge points to.
      expect([asked, server.requests.length - before]).toEqual(status === 401 ? [2, 2] : [1, 1]);
    }),
    { numRuns: 150, interruptAfterTimeLimit: 2_000, timeout: 20_000 },
  );
  await server.close();
});
