import { success } from '../base/failure';
import type { NetworkStreams } from '../base/net';
import { type ConfigStore, type UserFile, writtenEntry } from '../config';
import { askRegistry, type BearerTokens } from '../registry';
import type { CallbackPaths, IdentityService, Sessions } from '../sessions';
import { RegistryEditor } from './registry-editor';

export interface EditorParts {
  readonly configuration: Pick<ConfigStore, 'current'>;
  readonly configurationFile: string;
  readonly userFile: UserFile;
  readonly sessions: Sessions;
  readonly tokens: Pick<BearerTokens, 'removeLater'>;
  readonly identity: Pick<IdentityService, 'prepare'>;
  readonly callbackPaths: CallbackPaths;
  readonly network: NetworkStreams;
}

/** A person waits: one answer each, and a registry that is slow to say no is taken for one that says yes. */
const discoveryTries = 1;
const longestReachMs = 4_000;

/** The editor with the app's parts filled in. */
export function createRegistryEditor(parts: EditorParts): RegistryEditor {
  const { configuration, configurationFile, userFile, sessions, tokens, identity, callbackPaths, network } =
    parts;
  return new RegistryEditor({
    registries: () => configuration.current().registries,
    configurationFile,
    userFile,
    writtenEntry: (id) => writtenEntry(configurationFile, id),
    sessions,
    removeTokenLater: (id) => tokens.removeLater(id),
    discover: (client, addresses, signal) =>
      identity.prepare(client, { signal, tries: discoveryTries, addresses }),
    callbackPaths,
    reach: async ({ url, allowPrivateIp }, signal) => {
      const question = {
        base: url,
        path: '/v0.1/servers?limit=1',
        allowPrivateIp,
        deadlineMs: longestReachMs,
      };
      const reached = await askRegistry(network, question, signal);
      if (!reached.ok) return reached;
      reached.value.body?.destroy();
      return success(undefined);
    },
  });
}
