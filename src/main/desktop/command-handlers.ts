import { clipboard } from 'electron';
import type { CommandHandlers } from '../../contract/bridge';
import type { Snapshot } from '../../contract/view-model';
import { failed, type Result, success } from '../base/failure';
import type { UserFile } from '../config';
import type { BearerTokens, RegistryChecks, ServerLists } from '../registry';
import type { Sessions } from '../sessions';
import type { Vault } from '../vault';
import { systemBrowser } from './browser';
import { outcome } from './outcome';
import type { RegistryEditor } from './registry-editor';
import { serverHandlers } from './server-handlers';
import type { SignInFinder } from './sign-in-finder';
import { supportHandlers, type SupportServices } from './support-handlers';
import { tokenHandlers } from './token-handlers';

interface Services extends SupportServices {
  readonly snapshot: () => Snapshot;
  readonly sessions: Pick<
    Sessions,
    | 'redirectUri'
    | 'signIn'
    | 'cancelSignIn'
    | 'flow'
    | 'extendSignIn'
    | 'signOut'
    | 'signInToAll'
    | 'signOutOfProvider'
  >;
  readonly editor: RegistryEditor;
  readonly signInFinder: SignInFinder;
  readonly checks: Pick<RegistryChecks, 'check'>;
  readonly servers: Pick<ServerLists, 'read' | 'server'>;
  readonly tokens: Pick<BearerTokens, 'store' | 'remove'>;
  readonly userFile: Pick<UserFile, 'changeSetting'>;
  readonly openConfigurationFile: () => Promise<Result<void>>;
  /** Asks where to keep a policy of what is in force; undefined when the person did not want it after all. */
  readonly exportPolicy: () => Promise<Result<string | undefined>>;
  readonly vault: Pick<Vault, 'retryKey'>;
  readonly quit: () => void;
}

/** What each command of the contract does: a line or two, since deciding is the sessions' business. */
export function commandHandlers({
  snapshot,
  sessions,
  editor,
  signInFinder,
  checks,
  servers,
  tokens,
  userFile,
  openConfigurationFile,
  exportPolicy,
  vault,
  quit,
  ...supportServices
}: Services): CommandHandlers {
  return {
    readView: () => Promise.resolve(snapshot()),
    signIn: ({ registryId, account, confirmed }) =>
      Promise.resolve(outcome(sessions.signIn(registryId, account, confirmed))),
    cancelSignIn: ({ registryId }) => Promise.resolve(outcome(sessions.cancelSignIn(registryId))),
    openBrowserAgain: async ({ registryId }) => {
      const flow = sessions.flow(registryId);
      return outcome(flow.ok ? await flow.value.openAgain() : flow);
    },
    copySignInLink: async ({ registryId }) => {
      const flow = sessions.flow(registryId);
      return outcome(flow.ok ? await copy(flow.value.authorizationUrl()) : flow);
    },
    extendSignIn: ({ registryId }) => Promise.resolve(outcome(sessions.extendSignIn(registryId))),
    signOut: async ({ registryId }) => outcome(await sessions.signOut(registryId)),
    signInToAll: ({ registryId }) => Promise.resolve(outcome(sessions.signInToAll(registryId))),
    signOutOfProvider: async ({ registryId }) => outcome(await sessions.signOutOfProvider(registryId)),
    readRegistryForm: ({ registryId }) => editor.read(registryId),
    previewRegistryForm: (form) => editor.preview(form),
    copyFormRedirectUri: async (form) => outcome(await copy(await editor.redirectUri(form))),
    checkRegistryForm: (form) => editor.check(form),
    askHowToSignIn: (form) => signInFinder.find(form),
    cancelRegistryCheck: () => {
      signInFinder.cancel();
      editor.cancelCheck();
      return Promise.resolve({ ok: true });
    },
    saveRegistry: (form) => editor.save(form),
    removeRegistry: async ({ registryId }) => outcome(await editor.remove(registryId)),
    forgetRegistry: async ({ registryId }) => outcome(await editor.forget(registryId)),
    checkRegistry: async ({ registryId }) => outcome(await checks.check(registryId)),
    copyRedirectUri: async ({ registryId }) => {
      return outcome(await copy(sessions.redirectUri(registryId)));
    },
    changeSetting: async ({ key, value }) => outcome(await userFile.changeSetting(key, value ?? undefined)),
    openConfigurationFile: async () => outcome(await openConfigurationFile()),
    exportPolicy: async () => {
      const saved = await exportPolicy();
      if (!saved.ok) return { kind: 'failed', problem: saved.failure };
      return saved.value === undefined ? { kind: 'cancelled' } : { kind: 'saved', file: saved.value };
    },
    retryKeychain: async () => {
      const source = await vault.retryKey();
      return source !== 'pending' && source.kind === 'memory'
        ? { ok: false, problem: source.reason }
        : { ok: true };
    },
    quit: () => {
      quit();
      return Promise.resolve({ ok: true });
    },
    ...serverHandlers(servers, systemBrowser),
    ...tokenHandlers(tokens, clipboard),
    ...supportHandlers(supportServices),
  };
}

async function copy(text: string | undefined): Promise<Result<void>> {
  if (text === undefined) return failed('OP_STALE');
  await clipboard.writeText(text);
  return success(undefined);
}
