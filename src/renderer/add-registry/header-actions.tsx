import { Lock, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApp, useBridge, useSelected } from '../bridge/use-bridge';
import { useRegistryTask } from './registry-task';
import { providerToSignInTo } from './provider-to-sign-in-to';

/** The actions on the list as a whole. */
export function HeaderActions() {
  const { t } = useTranslation();
  const { loaded, mayAddRegistries } = useApp();
  return (
    <div className="header-actions">
      <SignInToAllButton />
      {mayAddRegistries ? (
        <AddRegistryButton />
      ) : (
        loaded && (
          <span
            role="img"
            className="row-lock"
            aria-label={t('registries.onlyManaged')}
            title={t('registries.onlyManaged')}
          >
            <Lock className="icon" aria-hidden />
          </span>
        )
      )}
    </div>
  );
}

export function AddRegistryButton({ strong = false }: { readonly strong?: boolean }) {
  const { t } = useTranslation();
  const openTask = useRegistryTask();
  return (
    <button
      type="button"
      className={strong ? 'button button-strong' : 'button'}
      data-part="add-registry"
      onClick={() => {
        openTask({ kind: 'add' });
      }}
    >
      {!strong && <Plus className="icon" aria-hidden />}
      {t('registries.add')}
    </button>
  );
}

/** There only when two or more registries wait for a sign-in at one provider. */
function SignInToAllButton() {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const provider = useSelected(providerToSignInTo);
  if (provider === null) return null;
  const { registryId, host, count } = provider;
  return (
    <button
      type="button"
      className="button"
      title={t('registries.signInToAllAt', { host, count })}
      onClick={() => void commands.run(registryId, (client) => client.signInToAll({ registryId }))}
    >
      {t('registries.signInToAll')}
    </button>
  );
}
