import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistryView } from '../../contract/view-model';
import { useBridge } from '../bridge/use-bridge';
import { ConfirmationDialog } from '../ui/confirmation-dialog';
import type { ListChange } from './focus-after-dialog';
import { type Removal, removalText } from './removal-text';

interface Props {
  readonly verb: Removal;
  readonly registryId: string;
  /** With what changed in the list, if anything did. */
  readonly onClose: (change?: ListChange) => void;
}

/** "Remove" and "Forget": says exactly what happens to the entry and to the sign-in, then asks. */
export function RemovalDialog({ verb, registryId, onClose }: Props) {
  const { t } = useTranslation();
  const { view } = useBridge();
  // As it was when the question was asked: it is gone from the view before the dialog is.
  const [registry] = useState<RegistryView | undefined>(() => view.registry(registryId));
  if (registry === undefined) return null;
  const { name } = registry;
  return (
    <ConfirmationDialog
      question={{
        title: t(`removal.${verb}Title`, { name }),
        consequences: removalText(t, verb, registry),
        keep: t('removal.keep'),
        verb: t(`removal.${verb}`),
        done: t(`removal.${verb}Done`, { name }),
        run: (client) =>
          verb === 'remove' ? client.removeRegistry({ registryId }) : client.forgetRegistry({ registryId }),
        registry,
      }}
      onClose={(answer) => {
        onClose(answer === 'done' ? { kind: 'removed', id: registryId } : undefined);
      }}
    />
  );
}
