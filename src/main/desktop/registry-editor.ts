import type {
  RegistryForm,
  RegistryFormCheck,
  RegistryFormPreview,
  RegistryFormRead,
  RegistryFormSaved,
  RegistryFormToSave,
} from '../../contract/registry-form';
import type { Result } from '../base/failure';
import { redirectUriOf } from '../base/oauth-client-settings';
import { formOfEntry, readEntry, type UserFile, type WrittenEntry } from '../config';
import type { CallbackPaths, Sessions } from '../sessions';
import { FormEntries } from './form-entries';
import { namesPrivateNetwork, registriesWith } from './form-facts';
import { atItsField } from './form-fields';
import { FormJudge, type JudgeServices } from './form-judge';

interface Services extends JudgeServices {
  readonly userFile: Pick<UserFile, 'checkRegistry' | 'saveRegistry' | 'removeRegistry'>;
  /** An entry of the user's file as it is written now. */
  readonly writtenEntry: (id: string) => Promise<Result<WrittenEntry | undefined>>;
  readonly sessions: Pick<Sessions, 'state' | 'signOutLater' | 'confirmAll'>;
  /** Deletes the token that a person gave for a registry which is about to go; asked before and called after. */
  readonly removeTokenLater: (id: string) => () => Promise<Result<void>>;
  readonly callbackPaths: Pick<CallbackPaths, 'advertisesIss' | 'certain' | 'decide' | 'keep'>;
}

/** What a person does to the list of registries through forms; the file stays the only place where they are kept. */
export class RegistryEditor {
  readonly #services: Services;
  readonly #entries: FormEntries;
  readonly #judge: FormJudge;
  #checking = new AbortController();

  constructor(services: Services) {
    this.#services = services;
    this.#entries = new FormEntries(services);
    this.#judge = new FormJudge(services, this.#entries);
  }

  async read(registryId: string): Promise<RegistryFormRead> {
    const written = await this.#entries.written(registryId);
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
  async redirectUri(form: RegistryForm): Promise<string | undefined> {
    const { registries, callbackPaths, configurationFile } = this.#services;
    // The address does not depend on the registry's own, which is often still being typed.
    const entry = { ...(await this.#entries.ofForm(form)), url: 'https://registry.invalid' };
    const read = readEntry(entry, configurationFile)?.registry;
    if (read === undefined || read.blocked !== undefined || read.auth.type !== 'oauth') return undefined;
    // With the id it would have, so that it takes the place of the one it replaces.
    const registry = { ...read, id: form.replaces ?? read.id };
    const callbackPath = callbackPaths.certain(registry, registriesWith(registry, registries()));
    return callbackPath === undefined ? undefined : redirectUriOf({ ...read.auth.oauth, callbackPath });
  }

  /** Judges the form; a newer check cancels this one. */
  async check(form: RegistryForm): Promise<RegistryFormCheck> {
    const judged = await this.#judge.judge(form, this.#newCheck());
    return judged.kind === 'good' ? await this.#judge.consequences(judged) : judged;
  }

  cancelCheck(): void {
    this.#checking.abort();
  }

  /** Judges the form once more, since anything may have changed since the check, and writes what is confirmed. */
  async save({ confirmed, ...form }: RegistryFormToSave): Promise<RegistryFormSaved> {
    const judged = await this.#judge.judge(form, this.#newCheck());
    if (judged.kind !== 'good') return { kind: 'not-saved', check: judged };
    const check = await this.#judge.consequences(judged);
    if (check.toConfirm.some((code) => !confirmed.includes(code))) return { kind: 'not-saved', check };
    const { userFile, callbackPaths, sessions } = this.#services;
    // Before the file says it, so that the same is not asked again while it is read.
    sessions.confirmAll(judged.registry);
    const saved = await userFile.saveRegistry(await this.#entries.ofForm(form), form.replaces);
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

  #newCheck(): AbortSignal {
    this.#checking.abort();
    this.#checking = new AbortController();
    return this.#checking.signal;
  }
}
