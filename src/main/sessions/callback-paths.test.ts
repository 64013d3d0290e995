import { beforeEach, expect, test, vi } from 'vitest';
import { failed, success } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { ownCallbackPath, type Registry } from '../config';
import type { Provider } from '../identity';
import { clientOf } from '../identity/testing/client';
import { CallbackPaths, type IssuerMemory } from './callback-paths';
import { issuerMemory } from './testing/issuer-memory';
import { registryOf } from './testing/registry-of';

const first = clientOf('https://first.example');
const second = clientOf('https://second.example');
const registries = [registryOf('first', first), registryOf('second', second)] as const;

let memory: IssuerMemory;
/** What the metadata of an issuer says today; an issuer that is not named here is out of reach. */
let today: Record<string, boolean>;
const prepare = vi.fn((client: OAuthClientSettings) => {
  const issAdvertised = today[client.issuer];
  if (issAdvertised === undefined) return Promise.resolve(failed('NET_OFFLINE'));
  const { issuer } = client;
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
  };
  return Promise.resolve(success<Provider>({ metadata, issAdvertised, endpointAddresses: 'any' }));
});
beforeEach(() => {
  memory = issuerMemory();
  today = {};
  prepare.mockClear();
});

/** The app, started anew: nothing but the memory is left of what was asked before. */
const start = (learnt = vi.fn()) =>
  new CallbackPaths({ providers: { prepare, advertisesIss: () => undefined }, memory, learnt });
const decideSecond = (paths = start(), all: readonly Registry[] = registries) =>
  paths.decide(registries[1], second, all, false);

test('a rival that was never asked is asked, so that it does not cost the second one its address', async () => {
  today = { [first.issuer]: true };
  expect(await decideSecond()).toBe('/callback');
  expect(prepare).toHaveBeenCalledOnce();
});

test('what a rival said is remembered: the address stays while it is out of reach, and after a restart', async () => {
  today = { [first.issuer]: true };
  await decideSecond();
  today = {};
  expect(await decideSecond()).toBe('/callback');
  expect(prepare).toHaveBeenCalledOnce();
  expect(start().certain(registries[1], registries)).toBe('/callback');
});

test('a rival that does not send iss holds the address, and one that cannot be asked is taken for that', async () => {
  expect(await decideSecond()).toBe(ownCallbackPath(second.issuer));
  today = { [first.issuer]: false };
  expect(await decideSecond()).toBe(ownCallbackPath(second.issuer));
});

test('an issuer that sends iss asks nobody', async () => {
  expect(await start().decide(registries[1], second, registries, true)).toBe('/callback');
  expect(prepare).not.toHaveBeenCalled();
});

test('an address of its own that works stays, whatever is learnt of the rival or becomes of it', async () => {
  const paths = start();
  await decideSecond(paths);
  paths.keep(second);
  today = { [first.issuer]: true };
  expect(await decideSecond()).toBe(ownCallbackPath(second.issuer));
  expect(await decideSecond(start(), [registries[1]])).toBe(ownCallbackPath(second.issuer));
  expect(await start().decide(registries[1], second, registries, true)).toBe(ownCallbackPath(second.issuer));
});

test('one that was tried and never worked does not stay', async () => {
  await decideSecond();
  today = { [first.issuer]: true };
  expect(await decideSecond()).toBe('/callback');
});

test('tells of what it has learnt, once', async () => {
  const learnt = vi.fn();
  const paths = start(learnt);
  today = { [first.issuer]: true };
  await decideSecond(paths);
  const times = learnt.mock.calls.length;
  expect(times).toBeGreaterThan(0);
  await decideSecond(paths);
  expect(learnt).toHaveBeenCalledTimes(times);
});
