import { useTranslation } from 'react-i18next';
import type { RegistryView } from '../../contract/view-model';
import { useBridge } from '../bridge/use-bridge';

/** "Sign out of all N registries of this provider": this one and those that share its provider and client. */
export function SignOutOfProvider({ registry }: { readonly registry: RegistryView }) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const { id: registryId, siblings, status } = registry;
  const count = siblings + (status === 'authenticated' ? 1 : 0);
  if (siblings === 0) return null;
  return (
    <button
      type="button"
      className="button button-small"
      onClick={() => void commands.run(registryId, (client) => client.signOutOfProvider({ registryId }))}
    >
      {t('action.signOutOfProvider', { count })}
    </button>
  );
}
