import { useTranslation } from 'react-i18next';
import type { RegistryView } from '../../contract/view-model';
import { useRegistryTask } from '../add-registry/registry-task';
import { useBridge } from '../bridge/use-bridge';
import type { MainAction } from './main-action';
import { useMainActions } from './main-button';

interface Props {
  readonly registry: RegistryView;
}

/** "Sign out" where the one button of the registry is for something else. */
export function SignOut({ registry }: Props) {
  const { t } = useTranslation();
  return (
    <SecondAction
      registry={registry}
      action="sign-out"
      text={t('action.signOut')}
      label={t('action.signOutOf', { name: registry.name })}
    />
  );
}

/** Repeats a sign-in that brought no refresh token; the provider is then asked for the person's consent to one. */
export function SignInAgain({ registry }: Props) {
  const { t } = useTranslation();
  return (
    <SecondAction
      registry={registry}
      action="sign-in-again"
      text={t('action.signInAgain')}
      label={t('action.signInAgainTo', { name: registry.name })}
    />
  );
}

function SecondAction(props: {
  readonly registry: RegistryView;
  readonly action: MainAction;
  readonly text: string;
  readonly label: string;
}) {
  const run = useMainActions();
  return (
    <button
      type="button"
      className="button button-small"
      aria-label={props.label}
      onClick={() => {
        run(props.registry.id, props.action);
      }}
    >
      {props.text}
    </button>
  );
}

/** Lets the person choose an account at the provider, instead of the one the browser would take by itself. */
export function UseAnotherAccount({ registry: { id: registryId } }: Props) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  return (
    <button
      type="button"
      className="button button-small"
      onClick={() =>
        void commands.run(registryId, (client) => client.signIn({ registryId, account: 'another' }))
      }
    >
      {t('action.useAnotherAccount')}
    </button>
  );
}

/** Asks the registry how one signs in to it, and lets the person confirm what it says. */
export function SetUpSignIn({ registry: { id: registryId } }: Props) {
  const { t } = useTranslation();
  const openTask = useRegistryTask();
  return (
    <button
      type="button"
      className="button button-small"
      aria-haspopup="dialog"
      onClick={() => {
        openTask({ kind: 'set-up-sign-in', registryId });
      }}
    >
      {t('action.setUpSignIn')}
    </button>
  );
}
