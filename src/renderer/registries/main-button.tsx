import type { TFunction } from 'i18next';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandRunner } from '../bridge/command-runner';
import { codes } from '../../contract/codes';
import type { RegistryView } from '../../contract/view-model';
import { useRegistryTask } from '../add-registry/registry-task';
import { useBridge } from '../bridge/use-bridge';
import { type MainAction, mainAction } from './main-action';

/** The one button of a registry. It stays the same element from state to state, so the focus stays on it. */
export function MainButton({ registry }: { readonly registry: RegistryView }) {
  const { t } = useTranslation();
  const run = useMainActions();
  const action = mainAction(registry);
  if (action === undefined) return null;

  const press = (event: MouseEvent) => {
    // The second half of a double click on "Sign in" lands on the "Cancel" that has taken its place.
    if (event.detail < 2) run(registry.id, action);
  };
  const ignoreHeldKey = (event: KeyboardEvent) => {
    if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
  };
  const { text, label } = words(t, action, registry.name);
  return (
    <button
      type="button"
      className={isNextStep(registry, action) ? 'button button-strong' : 'button'}
      data-part="main-button"
      aria-label={label}
      onClick={press}
      onKeyDown={ignoreHeldKey}
    >
      {text}
    </button>
  );
}

/** Whether pressing it is the one thing to do: not where a person should not go on, or somebody else has to act first. */
function isNextStep({ session, beforeSignIn }: RegistryView, action: MainAction): boolean {
  if (action === 'add-token' || action === 'replace-token') return true;
  if (action !== 'sign-in' && action !== 'sign-in-again') return false;
  if (beforeSignIn !== undefined && codes[beforeSignIn.code] !== 'info') return false;
  if (session.kind !== 'needs-attention') return true;
  const move = codes[session.problem.code];
  return move !== 'stop' && move !== 'fix';
}

/** Does what a registry's button says: sends the command, or opens the dialog that has to ask first. */
export function useMainActions(): (registryId: string, action: MainAction) => void {
  const { commands } = useBridge();
  const openTask = useRegistryTask();
  return (registryId, action) => {
    if (action === 'add-token' || action === 'replace-token') openTask({ kind: 'token', registryId });
    else void send(commands, registryId, action);
  };
}

function send(
  commands: CommandRunner,
  registryId: string,
  action: Exclude<MainAction, 'add-token' | 'replace-token'>,
): Promise<boolean> {
  switch (action) {
    case 'sign-in':
    case 'sign-in-again':
      return commands.run(registryId, (client) => client.signIn({ registryId, account: 'default' }));
    case 'cancel':
      return commands.run(registryId, (client) => client.cancelSignIn({ registryId }));
    case 'sign-out':
      return commands.run(registryId, (client) => client.signOut({ registryId }));
  }
}

function words(
  t: TFunction,
  action: MainAction,
  name: string,
): { readonly text: string; readonly label: string } {
  switch (action) {
    case 'sign-in':
      return { text: t('action.signIn'), label: t('action.signInTo', { name }) };
    case 'sign-in-again':
      return { text: t('action.signInAgain'), label: t('action.signInAgainTo', { name }) };
    case 'cancel':
      return { text: t('action.cancel'), label: t('action.cancelSignInTo', { name }) };
    case 'sign-out':
      return { text: t('action.signOut'), label: t('action.signOutOf', { name }) };
    case 'add-token':
      return { text: t('token.add'), label: t('token.addTo', { name }) };
    case 'replace-token':
      return { text: t('token.replace'), label: t('token.replaceOf', { name }) };
  }
}
