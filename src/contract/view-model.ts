import type { Code } from './codes';

/** Where a setting came from, highest layer first (spec: configuration layers). */
export type Source = 'policy-enforced' | 'user' | 'policy-default' | 'toolhive' | 'built-in';

/** The words other tools see; `none`, `configured` and `authenticated` are shared with ToolHive's API. */
export type AuthStatus = 'none' | 'configured' | 'authenticated' | 'expired';

export type AuthType = 'oauth' | 'bearer' | 'none';

/**
 * A failure as a person may see it: a code, values for the catalogue's placeholders (ports, hosts, addresses), and at
 * most 200 characters of provider text, already stripped of control and bidi characters. Never a token, code or verifier.
 */
export interface Problem {
  readonly code: Code;
  readonly params: Readonly<Record<string, string | number>>;
  readonly providerText?: string;
}

/** The three steps a running flow shows, in order. */
export const signInSteps = ['opening-browser', 'waiting-for-browser', 'completing'] as const;
export type SignInStep = (typeof signInSteps)[number];

/** What the badge and the buttons of one registry are drawn from. Times are milliseconds since the epoch. */
export type SessionView =
  | { readonly kind: 'no-sign-in-needed' }
  | { readonly kind: 'signed-out' }
  | {
      readonly kind: 'signing-in';
      readonly step: SignInStep;
      readonly startedAt: number;
      readonly deadline: number;
      /** False once the flow has used up its longest possible time (15 minutes). */
      readonly canExtend: boolean;
      /** Set when the browser could not be opened: the link is then the way to go on. */
      readonly problem?: Problem;
    }
  | {
      readonly kind: 'signed-in';
      readonly account?: string;
      /** Why this sign-in will not survive quitting: no keychain, a locked one, or no refresh token. */
      readonly notRemembered?: Problem;
      /** What the session lacks although it works: a scope that was not granted, a clock that is wrong. */
      readonly limits?: readonly Problem[];
      /** Something that went wrong meanwhile and did not end the session. */
      readonly problem?: Problem;
    }
  | { readonly kind: 'expired'; readonly account?: string; readonly problem: Problem }
  | {
      readonly kind: 'needs-attention';
      /** Of the session that is held all the same. */
      readonly account?: string;
      readonly problem: Problem;
      /** `none` where signing in as before would change nothing. */
      readonly next: 'sign-in' | 'none';
    };

/** Whether the registry itself answers: second to the badge, which speaks of the session. */
export type Reachability =
  | { readonly kind: 'checking' }
  | { readonly kind: 'answers'; readonly checkedAt: number }
  | { readonly kind: 'fails'; readonly checkedAt: number; readonly problem: Problem };

/** The OAuth client of a registry as configured. */
export interface OAuthView {
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly audience?: string;
  /** The address to register at the provider; absent until it is certain. */
  readonly redirectUri?: string;
  readonly callbackPort: number;
  readonly slot: string;
}

/** Where the token of a registry without a sign-in (auth type bearer) comes from; never the token. */
export type TokenView =
  | { readonly kind: 'absent' }
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  /** A person gave it to the app. */
  | { readonly kind: 'stored' };

/** As whom a registry itself knows the person who is signed in, where it says so (`GET /v1/me`). */
export interface KnownAs {
  readonly subject: string;
  readonly roles: readonly string[];
}

/** One row of the list and its details. `host` and `issuerHost` are shown in full where trust is decided. */
export interface RegistryView {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly host: string;
  readonly source: Source;
  /** File (and line where known) or policy location the registry came from. */
  readonly location: string;
  readonly locked: boolean;
  readonly authType: AuthType;
  readonly status: AuthStatus;
  readonly session: SessionView;
  /** What a person has to confirm before the next sign-in, or should know: hosts and issuers that are not what they were. */
  readonly beforeSignIn?: Problem;
  readonly oauth?: OAuthView;
  /** What ToolHive's own program says of a registry that came from its configuration; its tokens are never used here. */
  readonly toolhive?: { readonly isSignedIn: boolean };
  /** With the auth type bearer. */
  readonly token?: TokenView;
  readonly reachability?: Reachability;
  readonly knownAs?: KnownAs;
  /** How many other registries here are signed in at the same provider with the same client. */
  readonly siblings: number;
}

export type SettingValue = boolean | number | string | readonly string[];

/** One setting as it is in force, and who decided that. */
export interface SettingView {
  /** As in the configuration file; a dot stands for one level of nesting. */
  readonly key: string;
  /** Absent where nobody set anything and there is no default. */
  readonly value?: SettingValue;
  readonly source: Source;
  /** File with line, or policy location. */
  readonly location: string;
  readonly locked: boolean;
}

/** Something wrong with a configuration source, with the place to look. Never echoes a value. */
export interface ConfigurationProblem extends Problem {
  readonly location: string;
  readonly line?: number;
}

/** The local HTTP API for other programs. */
export type GatewayView =
  | { readonly kind: 'off' }
  /** `file` tells programs the address and the key that opens it. */
  | { readonly kind: 'on'; readonly url: string; readonly file: string }
  /** Wanted, but not there. */
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Whether sign-ins outlive the app, as far as that depends on the keychain that holds the key which seals them. */
export type KeychainStatus =
  /** It works, or nothing needed it yet. */
  | { readonly kind: 'nothing-to-say' }
  /** Locked (STORE_LOCKED) or not there at all (STORE_UNAVAILABLE); `retryKeychain` asks it again. */
  | { readonly kind: 'missing'; readonly problem: Problem }
  /** It was missing, and sign-ins are kept from now on. */
  | { readonly kind: 'opened' }
  /** Its entry was gone, and a person who signed in got a new one; sessions of before need a new sign-in. */
  | { readonly kind: 'key-replaced' };

/** What is true of the app as a whole. */
export interface AppView {
  /** False until every configuration source has been read once; the window shows before that. */
  readonly loaded: boolean;
  readonly configurationFile: string;
  readonly configurationProblems: readonly ConfigurationProblem[];
  /** False where the organization allows only the registries it manages. */
  readonly mayAddRegistries: boolean;
  /** Every setting in force; empty until `loaded`. */
  readonly settings: readonly SettingView[];
  readonly gateway: GatewayView;
  readonly keychain: KeychainStatus;
  /** Why this Gatepass does nothing any more, if so: another one has the profile. Only `quit` is taken then. */
  readonly stopped?: Problem;
  readonly version: string;
}

/** Everything the renderer shows, complete as of `seq`. */
export interface Snapshot {
  readonly seq: number;
  readonly app: AppView;
  readonly registries: readonly RegistryView[];
}

/**
 * The difference between `seq - 1` and `seq`. A renderer that misses a number asks for a snapshot. `order` is present
 * when the order of ids changed (registries added, removed or moved).
 */
export interface Patch {
  readonly seq: number;
  readonly app?: AppView;
  readonly changed: readonly RegistryView[];
  readonly removed: readonly string[];
  readonly order?: readonly string[];
}
