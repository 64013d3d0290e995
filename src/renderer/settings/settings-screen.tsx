import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppKey } from '../app/use-app-keys';
import { useApp, useCommandProblem } from '../bridge/use-bridge';
import { OpenConfigurationButton } from '../registries/open-configuration-button';
import { ProblemNotice } from '../ui/problem-notice';
import '../ui/fields.css';
import './settings.css';
import { ExportPolicy } from './export-policy';
import { GatewaySection } from './gateway-section';
import { SettingsSection } from './settings-section';
import { Shortcuts } from './shortcuts';
import { SignInTimeout } from './sign-in-timeout';
import { SwitchRow } from './switch-row';
import { ThemeChoice } from './theme-choice';

/** What Gatepass does while nobody looks at it. */
const backgroundSettings = [
  { of: 'keep_running', text: 'keepRunning' },
  { of: 'launch_at_login', text: 'launchAtLogin' },
  { of: 'notifications', text: 'notifications' },
] as const;

/** What a person may change. What is in force, and why, is in Support. */
export function SettingsScreen({ askedFor }: { readonly askedFor: AppKey | undefined }) {
  const { t } = useTranslation();
  const { configurationFile, loaded } = useApp();
  const refused = useCommandProblem('');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Who came with the keys Ctrl and comma has lost the place where the focus was.
    if (askedFor !== 'shortcuts' && document.activeElement?.closest('nav') === null) heading.current?.focus();
  }, [askedFor]);
  return (
    <div className="settings-screen">
      <header className="screen-header">
        <h1 ref={heading} tabIndex={-1}>
          {t('settings.title')}
        </h1>
      </header>
      <div className="list-scroll settings-body">
        {!loaded && <p className="loading">{t('app.loading')}</p>}
        <SettingsSection title={t('settings.appearance')}>
          <ThemeChoice />
        </SettingsSection>
        <SettingsSection title={t('settings.signIn')}>
          <SignInTimeout />
        </SettingsSection>
        <GatewaySection />
        <SettingsSection title={t('settings.background')}>
          {backgroundSettings.map(({ of, text }) => (
            <SwitchRow key={of} of={of} title={t(`settings.${text}`)} hint={t(`settings.${text}Hint`)} />
          ))}
        </SettingsSection>
        <SettingsSection title={t('settings.configuration')}>
          <p className="field-hint">
            {t('settings.configurationHint')} <span className="exact">{configurationFile}</span>
          </p>
          <div className="setting-buttons">
            <OpenConfigurationButton />
          </div>
          <ExportPolicy />
          {refused !== undefined && <ProblemNotice problem={refused} />}
        </SettingsSection>
        <Shortcuts isAskedFor={askedFor === 'shortcuts'} />
      </div>
    </div>
  );
}
