import type { TFunction } from 'i18next';
import type { Problem, RegistryView } from '../../contract/view-model';
import type english from './en.json';

/** What a person reads about a problem: what happened, and the one thing to do. */
export interface ProblemText {
  readonly sentence: string;
  readonly next: string;
}

/**
 * Reads a problem from the catalogue. Values come from the problem first, then from the registry it belongs to; a
 * value that nobody named is a neutral word, never a hole in the sentence.
 */
export function problemText(t: TFunction, problem: Problem, registry?: RegistryView): ProblemText {
  const given = { ...neutralWords(t), ...registryValues(registry), ...problem.params };
  const values = {
    ...given,
    ...momentOf(t, problem.params),
    // Whatever main calls by name in its sentence, here it is the registry that a person knows.
    ...(registry !== undefined && { name: registry.name }),
    reason: reasonText(t, problem.params, given),
  };
  return {
    sentence: t(`error.${problem.code}.sentence`, values),
    next: t(`error.${problem.code}.next`, values),
  };
}

/** Why a value of the configuration was refused; main sends a stable word, the catalogue has the sentence. */
export function reasonText(
  t: TFunction,
  params: Problem['params'],
  values: Problem['params'] = params,
): string {
  const key = params.reason === 'range' ? ('minimum' in params ? 'minimum' : 'maximum') : params.reason;
  return isReason(t, key) ? t(`reason.${key}`, values) : t('fallback.reason');
}

const isReason = (t: TFunction, word: unknown): word is keyof typeof english.reason =>
  typeof word === 'string' && Object.hasOwn(t('reason', { returnObjects: true }), word);

/** Main gives moments as milliseconds since the epoch; a sentence has them in words. */
function momentOf(t: TFunction, { since }: Problem['params']): { readonly since?: string } {
  return typeof since === 'number' ? { since: t('time.moment', { at: since }) } : {};
}

function neutralWords(t: TFunction): Record<string, string> {
  const names = Object.keys(t('fallback', { returnObjects: true })) as (keyof typeof english.fallback)[];
  return Object.fromEntries(names.map((name) => [name, t(`fallback.${name}`)]));
}

function registryValues(registry: RegistryView | undefined): Record<string, string> {
  if (registry === undefined) return {};
  const { name, url, oauth } = registry;
  if (oauth === undefined) return { name, url };
  const { issuer, redirectUri, callbackPort } = oauth;
  return { name, url, issuer, port: String(callbackPort), ...(redirectUri !== undefined && { redirectUri }) };
}
