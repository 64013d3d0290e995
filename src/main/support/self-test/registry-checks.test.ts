import { afterEach, expect, test } from 'vitest';
import { html, json } from '../../../../e2e/servers/answers';
import { type Registry as RegistryServer, startRegistry } from '../../../../e2e/servers/registry';
import { failure } from '../../base/failure';
import type { Registry } from '../../config';
import { aProtectedRegistry, aRegistry, directNetwork } from '../../registry/testing/registries';
import { checkConfiguration, checkRegistryAnswer, checkSession } from './registry-checks';

const servers: RegistryServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(isProtected = false): Promise<RegistryServer> {
  const server = await startRegistry({
    name: 'Acme',
    ...(isProtected && { issuer: 'http://127.0.0.1:1', audience: 'api://acme' }),
  });
  servers.push(server);
  return server;
}
const ask = (registry: Registry) =>
  checkRegistryAnswer(registry, directNetwork(), new AbortController().signal);

test('a blocked registry fails by its reason, one with a warning says so', () => {
  expect(checkConfiguration(aRegistry('https://a.example'))).toEqual({
    verdict: 'pass',
    tried: 'config.yaml',
  });
  const blocked = aRegistry('', { blocked: failure('CFG_URL_SCHEME'), line: 7 });
  expect(checkConfiguration(blocked)).toMatchObject({
    verdict: 'fail',
    tried: 'config.yaml:7',
    problem: { code: 'CFG_URL_SCHEME' },
  });
  const odd = aRegistry('https://a.example', { warnings: [failure('CFG_HOST_SUSPICIOUS')] });
  expect(checkConfiguration(odd)).toMatchObject({ verdict: 'warn' });
});

test('the session tells what ended it, what limits it, and what the registry last said to it', () => {
  expect(checkSession(undefined, undefined)).toEqual({ verdict: 'not-needed' });
  expect(checkSession({ kind: 'signed-out' }, undefined)).toMatchObject({ verdict: 'pass' });
  const expired = { kind: 'expired', failure: failure('SESSION_ENDED') } as const;
  expect(checkSession(expired, undefined)).toMatchObject({
    verdict: 'fail',
    problem: { code: 'SESSION_ENDED' },
  });
  const held = { notRemembered: failure('NO_REFRESH_TOKEN') };
  const limited = { kind: 'signed-in', held } as const;
  expect(checkSession(limited, undefined)).toMatchObject({
    verdict: 'warn',
    problem: { code: 'NO_REFRESH_TOKEN' },
  });
  const forbidden = { kind: 'fails', checkedAt: 1, problem: failure('REGISTRY_FORBIDDEN') } as const;
  expect(checkSession({ kind: 'signed-in', held: {} }, forbidden)).toMatchObject({
    verdict: 'fail',
    problem: { code: 'REGISTRY_FORBIDDEN' },
  });
});

test('a registry that answers passes, and so does one that asks for the sign-in it is configured with', async () => {
  expect(await ask(aRegistry((await start()).url))).toMatchObject({
    verdict: 'pass',
    facts: [{ name: 'status', value: '200' }],
  });
  expect(await ask(aProtectedRegistry((await start(true)).url))).toMatchObject({
    verdict: 'pass',
    facts: [{ name: 'status', value: '401' }],
  });
});

test('no token is ever sent by it', async () => {
  const server = await start(true);
  await ask(aProtectedRegistry(server.url));
  expect(server.requests.length).toBe(1);
  expect(server.authorizations).toEqual([]);
});

test('what is no registry, is broken, or wants a sign-in that is not configured fails by its name', async () => {
  const server = await start();
  server.list.answerWith(html());
  expect(await ask(aRegistry(server.url))).toMatchObject({ problem: { code: 'REGISTRY_NOT_A_REGISTRY' } });
  server.list.answerWith(json(503, {}));
  expect(await ask(aRegistry(server.url))).toMatchObject({ problem: { code: 'REGISTRY_UNAVAILABLE' } });
  expect(await ask(aRegistry((await start(true)).url))).toMatchObject({
    problem: { code: 'REGISTRY_NEEDS_SIGN_IN' },
  });
});
