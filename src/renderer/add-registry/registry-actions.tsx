import { useTranslation } from 'react-i18next';
import type { RegistryView } from '../../contract/view-model';
import { useRegistryTask } from './registry-task';

/** What a person may do to the entry itself; where the organization set it, why there is nothing. */
export function RegistryActions({ registry }: { readonly registry: RegistryView }) {
  const { t } = useTranslation();
  const openTask = useRegistryTask();
  if (registry.locked) return <p className="field-hint">{t('details.managed')}</p>;
  const registryId = registry.id;
  const kinds = (['adopt', 'edit', 'remove', 'forget'] as const).filter(
    (kind) =>
      (kind !== 'adopt' || registry.source === 'toolhive') &&
      (kind !== 'forget' || registry.oauth !== undefined),
  );
  return (
    <div className="registry-actions">
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="button button-small"
          aria-haspopup="dialog"
          onClick={() => {
            openTask({ kind, registryId });
          }}
        >
          {t(`details.${kind}`)}
        </button>
      ))}
    </div>
  );
}
