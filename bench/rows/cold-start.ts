import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OAuth2Client } from 'google-auth-library';
import { Configuration } from 'openid-client';
import { AuthorizationCode } from 'simple-oauth2';
import { parse } from 'yaml';
import { z } from 'zod';
import { systemClock as clock } from '../../src/main/base/clock';
import { ConfigStore } from '../../src/main/config';
import { FileSource } from '../../src/main/config/file-source';
import { CallbackPaths, Sessions } from '../../src/main/sessions';
import { issuerMemory } from '../../src/main/sessions/testing/issuer-memory';
import { createVault } from '../../src/main/vault';
import { MemoryKeychain } from '../../src/main/vault/testing/memory-keychain';
import { AppViewModel, ViewState } from '../../src/main/view';
import type { Contestant, Row } from '../lib/contest';
import { writeRegistries, type RegistriesFile } from '../lib/registries-file';
import { milliseconds } from '../lib/sampling';
import { msalClientOf } from '../peers/msal';

/** One process starts once: what it compiles on the way is part of the start. */
const once = async (task: () => Promise<unknown>) => [await milliseconds(task)];

/** As main.ts does it, without Electron: from nothing to the first complete snapshot. */
async function gatepass(file: string, folder: string): Promise<unknown> {
  const configuration = new ConfigStore({ sources: [new FileSource('user', file, clock)], clock });
  const vault = createVault({ folder: join(folder, 'vault'), keychain: new MemoryKeychain(), clock });
  const callbackPaths = new CallbackPaths({
    providers: {
      prepare: (client) => neverAsked.prepare(client),
      advertisesIss: () => undefined,
    },
    memory: issuerMemory(),
    learnt: () => undefined,
  });
  const sessions = new Sessions({ identity: neverAsked, vault, clock, callbackPaths });
  await vault.list();
  await configuration.start();
  const { registries, settings } = configuration.current();
  sessions.configure(registries, settings.sign_in_timeout_seconds.value);
  const model = new AppViewModel({
    configuration: () => configuration.current(),
    sessionState: (id) => sessions.state(id),
    beforeSignIn: (id) => sessions.beforeSignIn(id),
    siblings: (id) => sessions.siblings(id),
    redirectUri: (id) => sessions.redirectUri(id),
    reachability: () => undefined,
    knownAs: () => undefined,
    configurationFile: file,
    token: () => undefined,
    gateway: () => ({ kind: 'off' }),
    keychain: () => ({ kind: 'nothing-to-say' }),
    refusal: () => undefined,
    settingProblems: () => [],
    version: '0.0.0',
  });
  const view = new ViewState(model, () => {});
  const shown = view.snapshot().registries.length;
  if (shown !== registries.length || shown === 0) throw new Error(`${shown} registries are shown`);
  configuration.close();
  return { configuration, sessions, view };
}

const neverAsked = new Proxy({} as ConstructorParameters<typeof Sessions>[0]['identity'], {
  get: () => () => {
    throw new Error('A start asks no provider');
  },
});

const schema = z.object({
  version: z.literal(1),
  registries: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      url: z.url(),
      auth: z.object({
        type: z.literal('oauth'),
        oauth: z.object({ issuer: z.url(), client_id: z.string(), scopes: z.array(z.string()) }),
      }),
    }),
  ),
});
const bareParse = (file: string) => schema.parse(parse(readFileSync(file, 'utf8')));

type Build = (entry: RegistriesFile['registries'][number]) => unknown;
const builds: Readonly<Record<string, Build>> = {
  '@azure/msal-node clients': ({ auth }) => msalClientOf(auth.oauth.issuer),
  'openid-client configurations': ({ auth: { oauth } }) =>
    new Configuration({ issuer: oauth.issuer }, oauth.client_id),
  'google-auth-library clients': ({ auth: { oauth } }) =>
    new OAuth2Client({ clientId: oauth.client_id, endpoints: { oauth2TokenUrl: oauth.issuer } }),
  'simple-oauth2 clients': ({ auth: { oauth } }) =>
    new AuthorizationCode({
      client: { id: oauth.client_id, secret: 'x' },
      auth: { tokenHost: oauth.issuer },
    }),
};

/** The same file parsed, and one client built per registry: what an app on that library would have done by then. */
const building =
  (count: number, build: Build): Contestant =>
  ({ folder }) => {
    const file = writeRegistries(folder, count);
    return once(() => Promise.resolve(bareParse(file).registries.map(build)));
  };

const floor = 'floor: bare parse and schema check';
export const registryCounts = [1, 100, 1_000, 10_000];

export const coldStarts: readonly Row[] = registryCounts.map((count) => ({
  id: `cold-start-${count}`,
  task: `5. Main process, from nothing to the first complete view: ${count.toLocaleString('en')} registries`,
  unit: 'ms',
  floor,
  target: '≤ 1.3 × the bare parse; at 100, ≤ 20 ms beside it',
  contestants: {
    [floor]: ({ folder }) => {
      const file = writeRegistries(folder, count);
      return once(() => Promise.resolve(bareParse(file)));
    },
    Gatepass: ({ folder }) => {
      const file = writeRegistries(folder, count);
      return once(() => gatepass(file, folder));
    },
    ...Object.fromEntries(Object.entries(builds).map(([name, build]) => [name, building(count, build)])),
  },
}));

/** What the task returns stays reachable, so that it counts. */
const kept: unknown[] = [];
const heapAfter = async (task: () => Promise<unknown>): Promise<number[]> => {
  kept.push(await task());
  global.gc?.();
  return [process.memoryUsage().heapUsed / 1e6];
};

export const coldHeaps: readonly Row[] = registryCounts.map((count) => ({
  id: `cold-heap-${count}`,
  task: `5. Heap of the main process after it: ${count.toLocaleString('en')} registries`,
  unit: 'MB',
  floor,
  target: 'flat per registry',
  contestants: {
    [floor]: ({ folder }) => {
      const file = writeRegistries(folder, count);
      return heapAfter(() => Promise.resolve(bareParse(file)));
    },
    Gatepass: ({ folder }) => {
      const file = writeRegistries(folder, count);
      return heapAfter(() => gatepass(file, folder));
    },
  },
}));
