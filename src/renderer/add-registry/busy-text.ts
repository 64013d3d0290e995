import type { TFunction } from 'i18next';
import type { RegistryFormState } from './use-registry-form';

/** What is being asked of whom, in words; undefined while a person types. */
export function busyTextOf(
  t: TFunction,
  { step, values }: Pick<RegistryFormState, 'step' | 'values'>,
): string | undefined {
  if (step.kind === 'asking') return t('form.asking');
  if (step.kind !== 'checking') return undefined;
  return t(values.authType === 'oauth' ? 'form.checkingIssuer' : 'form.checking');
}
