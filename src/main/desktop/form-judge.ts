import type { Code } from '../../contract/codes';
import type { FieldProblem, RegistryForm, RegistryFormCheck } from '../../contract/registry-form';
import { failure, type Failure, type Result } from '../base/failure';
import type { AddressRule } from '../base/net';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { readEntry, type Registry, type UserFile } from '../config';
import { type CallbackPaths, type Sessions, statusOf } from '../sessions';
import { consequencesOf, isProviderChanged, sessionNow } from './form-consequences';
import type { FormEntries } from './form-entries';
import { formFacts, registriesWith } from './form-facts';
import { atItsField, fieldProblem } from './form-fields';

export interface JudgeServices {
  readonly registries: () => readonly Registry[];
  readonly userFile: Pick<UserFile, 'checkRegistry'>;
  readonly configurationFile: string;
  readonly sessions: Pick<Sessions, 'state'>;
  /** Asks a provider who it is, or knows it from within the last hour. */
  readonly discover: (
    client: OAuthClientSettings,
    addresses: AddressRule,
    signal: AbortSignal,
  ) => Promise<Result<unknown>>;
  readonly callbackPaths: Pick<CallbackPaths, 'advertisesIss' | 'certain' | 'decide'>;
  /** Asks a registry anything, without a token: whether its address may be connected to at all. */
  readonly reach: (registry: Registry, signal: AbortSignal) => Promise<Result<unknown>>;
}

/** A check in words of the wire, or what it judged good. */
export type Judged =
  | { readonly kind: 'refused'; readonly problems: readonly [FieldProblem, ...FieldProblem[]] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'good'; readonly registry: Registry; readonly before: Registry | undefined };

/** Says of a form what is wrong with it, and what saving it would mean. Writes nothing. */
export class FormJudge {
  readonly #services: JudgeServices;
  readonly #entries: FormEntries;

  constructor(services: JudgeServices, entries: FormEntries) {
    this.#services = services;
    this.#entries = entries;
  }

  /** By the rules of the configuration, then by asking who the form names anew. */
  async judge(form: RegistryForm, signal: AbortSignal): Promise<Judged> {
    const { userFile, configurationFile } = this.#services;
    const before = this.#entries.registry(form.replaces);
    if (before?.locked === true)
      return refused([fieldProblem(failure('SETTING_LOCKED', { name: before.name }))]);
    const entry = await this.#entries.ofForm(form);
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

  /** What a person reads, and has to confirm, before a registry that was judged good is saved. */
  async consequences({
    registry,
    before,
  }: Extract<Judged, { kind: 'good' }>): Promise<Extract<RegistryFormCheck, { kind: 'good' }>> {
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
    const { registries, callbackPaths } = this.#services;
    if (registry.auth.type !== 'oauth') return undefined;
    const { oauth } = registry.auth;
    const all = registriesWith(registry, registries());
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
}

const refused = (problems: readonly [FieldProblem, ...FieldProblem[]]): Judged => ({
  kind: 'refused',
  problems,
});
