import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AddRegistryButton } from '../add-registry/header-actions';
import { useApp } from '../bridge/use-bridge';

/** Shown while there is no registry at all: one sentence, one button. */
export function FirstRun() {
  const { t } = useTranslation();
  const { mayAddRegistries } = useApp();
  return (
    <div className="first-run">
      <span className="first-run-mark" aria-hidden>
        <KeyRound className="icon" />
      </span>
      <p>{t(mayAddRegistries ? 'registries.empty' : 'registries.onlyManaged')}</p>
      {mayAddRegistries && <AddRegistryButton strong />}
    </div>
  );
}
