import { z } from 'zod';
import {
  registryForm,
  type RegistryFormCheck,
  type RegistryFormPreview,
  type RegistryFormRead,
  type RegistryFormSaved,
  registryFormToSave,
  type SignInSaid,
} from './registry-form';
import {
  serverLinkQuestion,
  type ServerDetails,
  serverQuestion,
  type ServersAnswer,
  serversQuestion,
} from './server-list';
import { type PolicyExport, settingChange } from './setting-change';
import type { KeptRecords } from './recovery-view';
import { checkTarget, type SelfTestRun } from './self-test';
import type { ActivityEntry } from './activity';
import type { ComputerFacts, RegistryFacts } from './support-view';
import type { Patch, Problem, Snapshot } from './view-model';

/** The answer to a command that may be refused; what it started is then told by patches. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly problem: Problem };

/** Whether e-mail addresses, accounts, user names and the home folder stand in a report as they are. */
const reportNames = z.strictObject({ names: z.enum(['masked', 'shown']) });
export type ReportSaved =
  { readonly ok: true; readonly path?: string } | { readonly ok: false; readonly problem: Problem };

/** Main is trusted by the renderer, so what it answers is a type only; what the renderer sends is parsed in main. */
interface Typed<T> {
  readonly type?: T;
}

const nothing = z.undefined();
const registry = z.strictObject({ registryId: z.string().min(1).max(200) });
/** What a person said yes to, as it was shown to them. */
const signInConfirmation = z.union([
  z.strictObject({ host: z.string().max(300) }),
  z.strictObject({ issuer: z.string().max(4_000) }),
]);

/**
 * Every command the renderer may send: the only place a channel gets its name. Channel, handler type, preload pipe and
 * renderer client all derive from this table; main validates each input with the schema that stands here.
 */
export const commands = {
  /** Everything to show, complete; asked once at load and whenever a patch was missed. */
  readView: { input: nothing, output: {} as Typed<Snapshot> },
  /**
   * Starts a flow, or joins the one that is running (a double click). `account: 'another'` asks the provider for a
   * choice. Refused with CFG_HOST_SUSPICIOUS or CFG_ISSUER_CHANGED until a person has confirmed the host or issuer.
   */
  signIn: {
    input: registry.extend({
      account: z.enum(['default', 'another']),
      confirmed: signInConfirmation.optional(),
    }),
    output: {} as Typed<Outcome>,
  },
  cancelSignIn: { input: registry, output: {} as Typed<Outcome> },
  openBrowserAgain: { input: registry, output: {} as Typed<Outcome> },
  /** Puts the authorization link on the clipboard in main: the renderer never holds its `state`. */
  copySignInLink: { input: registry, output: {} as Typed<Outcome> },
  /** Puts the redirect address to register at the provider on the clipboard, for a person who sets the provider up. */
  copyRedirectUri: { input: registry, output: {} as Typed<Outcome> },
  /** Adds 120 s to a running flow, up to 15 minutes in all. */
  extendSignIn: { input: registry, output: {} as Typed<Outcome> },
  signOut: { input: registry, output: {} as Typed<Outcome> },
  /** Signs in to every registry of this one's provider and client, one after another, until the first refusal. */
  signInToAll: { input: registry, output: {} as Typed<Outcome> },
  /** Signs out of every registry of this one's provider and client; nothing then keeps the tokens from being revoked. */
  signOutOfProvider: { input: registry, output: {} as Typed<Outcome> },
  /** The values to edit. */
  readRegistryForm: { input: registry, output: {} as Typed<RegistryFormRead> },
  /** What follows from values as they stand; asks nobody. */
  previewRegistryForm: { input: registryForm, output: {} as Typed<RegistryFormPreview> },
  /** Puts the redirect address that the values lead to on the clipboard. */
  copyFormRedirectUri: { input: registryForm, output: {} as Typed<Outcome> },
  /** Asks the registry at the address of the form how one signs in to it; asks nobody else. */
  askHowToSignIn: { input: registryForm, output: {} as Typed<SignInSaid> },
  /** Judges the values as a loaded file would be, then asks the provider and the registry who they are. */
  checkRegistryForm: { input: registryForm, output: {} as Typed<RegistryFormCheck> },
  /** Ends what the form is asking, whoever it asks. */
  cancelRegistryCheck: { input: nothing, output: {} as Typed<Outcome> },
  /** Checks again, and writes the user's file if all is well and everything to confirm was confirmed. */
  saveRegistry: { input: registryFormToSave, output: {} as Typed<RegistryFormSaved> },
  /** Takes the entry out of the user's file, or puts away one that came from elsewhere. The sign-in is kept for 30 days. */
  removeRegistry: { input: registry, output: {} as Typed<Outcome> },
  /** Removes it and deletes its sign-in here; revoked at the provider where that harms no other registry. */
  forgetRegistry: { input: registry, output: {} as Typed<Outcome> },
  /** Keeps the token that is on the clipboard for a registry that takes one, and clears the clipboard; the renderer never sees it. */
  useTokenOnClipboard: { input: registry, output: {} as Typed<Outcome> },
  /** Deletes the token that a person gave to the app. */
  removeToken: { input: registry, output: {} as Typed<Outcome> },
  /** Asks the registry with the session's token whether it answers; a person's "Check now". */
  checkRegistry: { input: registry, output: {} as Typed<Outcome> },
  /** The servers of a registry, as its own list says; held for a few minutes, and for this account only. */
  readServers: { input: serversQuestion, output: {} as Typed<ServersAnswer> },
  /** Everything a list that was read says of one server; nothing for one that is not in it. */
  readServer: { input: serverQuestion, output: {} as Typed<{ readonly server?: ServerDetails }> },
  /** Opens a page that a server's entry names in the person's browser. */
  openServerLink: { input: serverLinkQuestion, output: {} as Typed<Outcome> },
  /** Writes one setting into the user's file, judged as a loaded file would be; refused where the organization set it. */
  changeSetting: { input: settingChange, output: {} as Typed<Outcome> },
  /** Opens the user's configuration file in the system's editor, creating a commented one first where there is none. */
  openConfigurationFile: { input: nothing, output: {} as Typed<Outcome> },
  /** Asks the keychain again, which may let the system ask the person to unlock it; ends within seconds. */
  retryKeychain: { input: nothing, output: {} as Typed<Outcome> },
  /** Ends the app, as closing its window does. */
  quit: { input: nothing, output: {} as Typed<Outcome> },
  /** Asks where, and writes what is in force here as a policy for other computers; never a token. */
  exportPolicy: { input: nothing, output: {} as Typed<PolicyExport> },
  /** What Support shows of one registry beside its row; without facts for one that is gone. */
  readRegistryFacts: { input: registry, output: {} as Typed<{ readonly facts?: RegistryFacts }> },
  /** The latest entries of the activity log, oldest first; what follows is told by the event `activity`. */
  readActivity: { input: nothing, output: {} as Typed<readonly ActivityEntry[]> },
  readComputerFacts: { input: nothing, output: {} as Typed<ComputerFacts> },
  /** Checks this computer or one registry, without signing in; how far it is is told by the event `selfTest`. */
  startSelfTest: { input: checkTarget, output: {} as Typed<Outcome> },
  cancelSelfTest: { input: nothing, output: {} as Typed<Outcome> },
  /** The run under way, or the last one since the app started. */
  readSelfTest: { input: nothing, output: {} as Typed<{ readonly run?: SelfTestRun }> },
  /** What is kept on disk beside the sessions in use. */
  readKept: { input: nothing, output: {} as Typed<KeptRecords> },
  /** Deletes one record that was set aside, or all of them, for good. */
  deleteSetAside: {
    input: z.strictObject({ id: z.string().max(300).optional() }),
    output: {} as Typed<Outcome>,
  },
  /** Signs out whatever state the session is in, and deletes everything of it here; the configuration stays. */
  resetSession: { input: registry, output: {} as Typed<Outcome> },
  /** Deletes every session and token here and moves the user's configuration file aside. */
  resetGatepass: { input: nothing, output: {} as Typed<Outcome> },
  /** Collects the support report anew, the self-test included; some seconds. Then it is read as it would be saved. */
  makeReport: { input: reportNames, output: {} as Typed<{ readonly text?: string }> },
  /** The report that was made last, with names masked or not. */
  readReport: { input: reportNames, output: {} as Typed<{ readonly text?: string }> },
  /** Asks where, and writes just what was read. Without a path: the person did not save it. */
  saveReport: { input: reportNames, output: {} as Typed<ReportSaved> },
} as const;

/** Every event main may push. */
export const events = {
  viewPatch: { payload: {} as Typed<Patch> },
  activity: { payload: {} as Typed<ActivityEntry> },
  selfTest: { payload: {} as Typed<SelfTestRun> },
} as const;

export type CommandName = keyof typeof commands;
export type EventName = keyof typeof events;
export type CommandInput<K extends CommandName> = z.infer<(typeof commands)[K]['input']>;
export type CommandOutput<K extends CommandName> = NonNullable<(typeof commands)[K]['output']['type']>;
export type EventPayload<K extends EventName> = NonNullable<(typeof events)[K]['payload']['type']>;

/** What main must provide: leaving one out fails the compiler. */
export type CommandHandlers = {
  readonly [K in CommandName]: (input: CommandInput<K>) => Promise<CommandOutput<K>>;
};

type Arguments<K extends CommandName> = CommandInput<K> extends undefined ? [] : [input: CommandInput<K>];

/** What the renderer calls; one method per command. */
export type CommandClient = {
  readonly [K in CommandName]: (...input: Arguments<K>) => Promise<CommandOutput<K>>;
};
