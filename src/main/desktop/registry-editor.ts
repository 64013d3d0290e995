import type { Code } from '../../contract/codes';
import type {
  FieldProblem,
  RegistryForm,
  RegistryFormCheck,
  RegistryFormPreview,
  RegistryFormRead,
  RegistryFormSaved,
  RegistryFormToSave,
} from '../../contract/registry-form';
import { failed, failure, type Failure, type Result } from '../base/failure';
import type { AddressRule } from '../base/net';
import { type OAuthClientSettings, redirectUriOf } from '../base/oauth-client-settings';
import {
  type Effective,
  entryOfForm,
  entryOfRegistry,
  formOfEntry,
  type ReadEntry,
  readEntry,
  type Registry,
  type RegistryEntry,
  type UserFile,
  type WrittenEntry,
} from '../config';
import { type CallbackPaths, type Sessions, statusOf } from '../sessions';
import { consequencesOf, isProviderChanged, sessionNow } from './form-consequences';
import { formFacts, namesPrivateNetwork, registriesWith } from './form-facts';
import { atItsField, fieldProblem } from './form-fields';

interface Services {
  readonly configuration: () => Effective;
  readonly userFile: Pick<UserFile, 'checkRegistry' | 'saveRegistry' | 'removeRegistry'>;
  /** An entry of the user's file as it is written now. */
  readonly writtenEntry: (id: string) => Promise<Result<WrittenEntry | undefined>>;
  readonly configurationFile: string;
  readonly sessions: Pick<Sessions, 'state' | 'signOutLater' | 'confirmAll'>;
  /** Deletes the token that a person gave for a registry which is about to go; asked before and called after. */
  readonly removeTokenLater: (id: string) => () => Promise<Result<void>>;
  /** Asks a provider who it is, or knows it from within the last hour. */
  readonly discover: (
    client: OAuthClientSettings,
    addresses: AddressRule,
    signal: AbortSignal,
  ) => Promise<Result<unknown>>;
  readonly callbackPaths: Pick<CallbackPaths, 'advertisesIss' | 'certain' | 'decide' | 'keep'>;
  /** Asks a registry anything, without a token: whether its address may be connected to at all. */
  readonly reach: (registry: Registry, signal: AbortSignal) => Promise<Result<unknown>>;
}

/** A check in words of the wire, or what it judged good. */
type Judged =
  | { readonly kind: 'refused'; readonly problems: readonly [FieldProblem, ...FieldProblem[]] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'good'; readonly registry: Registry; readonly before: Registry | undefined };

/** What a person does to the list of registries through forms; the file stays the only place where they are kept. */
export class RegistryEditor {
  readonly #services: Services;
  #checking = new AbortController();

  constructor(services: Services) {
    this.#services = services;
  }

  async read(registryId: string): Promise<RegistryFormRead> {
    const written = await this.#written(registryId);
    return written.ok
      ? { ok: true, values: formOfEntry(written.value) }
      : { ok: false, problem: written.failure };
  }

  async preview(form: RegistryForm): Promise<RegistryFormPreview> {
    const redirectUri = await this.redirectUri(form);
    return {
      offersPrivateNetwork: namesPrivateNetwork(form.values.url),
      ...(redirectUri !== undefined && { redirectUri }),
    };
  }

  /** The redirect address to register, once it is certain. */
  async redirectUri({ values, replaces }: RegistryForm): Promise<string | undefined> {
    const { configuration, callbackPaths } = this.#services;
    // The address does not depend on the registry's own, which is often still being typed.
    const entry = {
      ...entryOfForm(values, await this.#writtenOrEmpty(replaces)),
      url: 'https://registry.invalid',
    };
    const registry = this.#identified(readEntry(entry, this.#services.configurationFile), replaces);
    if (registry === undefined || registry.blocked !== undefined) return undefined;
    const { auth } = registry;
    if (auth.type !== 'oauth') return undefined;
    const callbackPath = callbackPaths.certain(
      registry,
      registriesWith(registry, configuration().registries),
    );
    return callbackPath === undefined ? undefined : redirectUriOf({ ...auth.oauth, callbackPath });
  }

  /** Judges the form; a newer check cancels this one. */
  async check(form: RegistryForm): Promise<RegistryFormCheck> {
    const judged = await this.#judge(form, this.#newCheck());
    return judged.kind === 'good' ? await this.#goodCheck(judged.registry, judged.before) : judged;
  }

  cancelCheck(): void {
    this.#checking.abort();
  }

  /** Judges the form once more, since anything may have changed since the check, and writes what is confirmed. */
  async save({ confirmed, ...form }: RegistryFormToSave): Promise<RegistryFormSaved> {
    const judged = await this.#judge(form, this.#newCheck());
    if (judged.kind !== 'good') return { kind: 'not-saved', check: judged };
    const check = await this.#goodCheck(judged.registry, judged.before);
    if (check.toConfirm.some((code) => !confirmed.includes(code))) return { kind: 'not-saved', check };
    const { userFile, callbackPaths, sessions } = this.#services;
    // Before the file says it, so that the same is not asked again while it is read.
    sessions.confirmAll(judged.registry);
    const saved = await userFile.saveRegistry(await this.#entry(form), form.replaces);
    const { auth } = judged.registry;
    if (saved.ok && auth.type === 'oauth') callbackPaths.keep(auth.oauth);
    return saved.ok
      ? { kind: 'saved', registryId: saved.value.id }
      : { kind: 'not-saved', check: { kind: 'refused', problems: [atItsField(saved.failure)] } };
  }

  /**
   * The entry goes; the record of its session is unused from then on and kept for 30 days. A token that a person gave goes
   * with it: nobody would find it again to delete it.
   */
  async remove(registryId: string): Promise<Result<void>> {
    const removeToken = this.#services.removeTokenLater(registryId);
    const removed = await this.#services.userFile.removeRegistry(registryId);
    return removed.ok ? removeToken() : removed;
  }

  /** The entry goes first: as long as it cannot, the session stays as well. */
  async forget(registryId: string): Promise<Result<void>> {
    const signOut = this.#services.sessions.signOutLater(registryId);
    const removed = await this.remove(registryId);
    return removed.ok ? signOut() : removed;
  }

  async #judge(form: RegistryForm, signal: AbortSignal): Promise<Judged> {
    const { userFile, configurationFile } = this.#services;
    const before = this.#registry(form.replaces);
    if (before?.locked === true)
      return refused([fieldProblem(failure('SETTING_LOCKED', { name: before.name }))]);
    const entry = await this.#entry(form);
    const [first, ...more] = readEntry(entry, configurationFile)?.failures ?? [failure('CFG_INVALID')];
    if (first !== undefined) return refused([atItsField(first), ...more.map(atItsField)]);
    const judged = await userFile.checkRegistry(entry, form.replaces);
    if (!judged.ok) return refused([atItsField(judged.failure)]);
    const registry = judged.value;
    const [provider, reached] = await Promise.all([
      this.#discoverIfNew(registry, before, { isLearnt: form.isIssuerLearnt === true, signal }),
      this.#reachIfNew(registry, before, signal),
    ]);
    if (signal.aborted) return { kind: 'cancelled' };
    if (reached?.code === 'REGISTRY_PRIVATE_ADDRESS') return refused([fieldProblem(reached, 'url')]);
    if (provider !== undefined) return refused([fieldProblem(provider, 'issuer')]);
    return { kind: 'good', registry, before };
  }

  async #goodCheck(
    registry: Registry,
    before: Registry | undefined,
  ): Promise<Extract<RegistryFormCheck, { kind: 'good' }>> {
    const { sessions } = this.#services;
    const state = before === undefined ? undefined : sessions.state(before.id);
    const now = sessionNow(state?.kind, state === undefined ? 'none' : statusOf(state));
    const consequences = before === undefined ? [] : consequencesOf(before, registry, now);
    const codes: Code[] = registry.warnings.map(({ code }) => code);
    if (consequences.includes('session-left')) codes.push('CFG_ISSUER_CHANGED');
    return {
      kind: 'good',
      facts: formFacts(registry, await this.#callbackPath(registry)),
      warnings: registry.warnings,
      consequences,
      toConfirm: [...new Set(codes)],
    };
  }

  /** As a sign-in would decide it; while nobody knows what the issuer says of itself, only if that does not matter. */
  async #callbackPath(registry: Registry): Promise<string | undefined> {
    const { configuration, callbackPaths } = this.#services;
    if (registry.auth.type !== 'oauth') return undefined;
    const { oauth } = registry.auth;
    const all = registriesWith(registry, configuration().registries);
    const advertises = callbackPaths.advertisesIss(oauth.issuer);
    return advertises === undefined
      ? callbackPaths.certain(registry, all)
      : callbackPaths.decide(registry, oauth, all, advertises);
  }

  async #discoverIfNew(
    { auth, ...registry }: Registry,
    before: Registry | undefined,
    { isLearnt, signal }: { readonly isLearnt: boolean; readonly signal: AbortSignal },
  ): Promise<Failure | undefined> {
    if (auth.type !== 'oauth' || !isProviderChanged(before, { ...registry, auth })) return undefined;
    const provider = await this.#services.discover(
      auth.oauth,
      isLearnt && !registry.allowPrivateIp ? 'public' : 'any',
      signal,
    );
    return provider.ok ? undefined : provider.failure;
  }

  /** Only a private address is worth a word here; a registry that does not answer today may be added nevertheless. */
  async #reachIfNew(
    registry: Registry,
    before: Registry | undefined,
    signal: AbortSignal,
  ): Promise<Failure | undefined> {
    if (before?.url === registry.url && before.allowPrivateIp === registry.allowPrivateIp) return undefined;
    const reached = await this.#services.reach(registry, signal);
    return reached.ok ? undefined : reached.failure;
  }

  #newCheck(): AbortSignal {
    this.#checking.abort();
    this.#checking = new AbortController();
    return this.#checking.signal;
  }

  #registry(id: string | undefined): Registry | undefined {
    if (id === undefined) return undefined;
    return this.#services.configuration().registries.find((registry) => registry.id === id);
  }

  async #entry({ values, replaces }: RegistryForm): Promise<RegistryEntry> {
    return entryOfForm(values, await this.#writtenOrEmpty(replaces));
  }

  async #writtenOrEmpty(id: string | undefined): Promise<WrittenEntry> {
    const written = id === undefined ? undefined : await this.#written(id);
    return written?.ok === true ? written.value : {};
  }

  /** As the file has it; for one of another source, as it would be written. */
  async #written(id: string): Promise<Result<WrittenEntry>> {
    const registry = this.#registry(id);
    if (registry === undefined) return failed('OP_STALE');
    if (registry.locked) return failed('SETTING_LOCKED', { name: registry.name });
    const written = await this.#services.writtenEntry(id);
    if (!written.ok) return written;
    return { ok: true, value: written.value ?? entryOfRegistry(registry) };
  }

  /** With the id it would have, so that it takes the place of the one it replaces. */
  #identified(read: ReadEntry | undefined, id: string | undefined): Registry | undefined {
    return read === undefined || id === undefined ? read?.registry : { ...read.registry, id };
  }
}

const refused = (problems: readonly [FieldProblem, ...FieldProblem[]]): Judged => ({
  kind: 'refused',
  problems,
});
