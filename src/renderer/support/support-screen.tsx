import { useTranslation } from 'react-i18next';
import { ComputerSection } from './computer-section';
import { EffectiveSettings } from './effective-settings';
import { RegistryStates } from './registry-states';
import './support.css';

/** What is wrong, for the person who helps: everything that may be seen of sessions, and nothing that is secret. */
export function SupportScreen() {
  const { t } = useTranslation();
  return (
    <div className="support">
      <header className="screen-header">
        <h1 tabIndex={-1}>{t('support.title')}</h1>
        <p className="support-lead">{t('support.lead')}</p>
      </header>
      <div className="list-scroll">
        <RegistryStates />
        <EffectiveSettings />
        <ComputerSection />
      </div>
    </div>
  );
}
