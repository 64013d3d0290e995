import { useTranslation } from 'react-i18next';
import { useRegistryTask } from '../add-registry/registry-task';
import { useApp } from '../bridge/use-bridge';
import { GatewayState } from './gateway-state';
import { SettingRow } from './setting-row';
import { SettingsSection } from './settings-section';
import { SettingSwitch } from './setting-switch';
import { useSetting } from './use-setting';

/** Whether other programs may read the registries. Opening asks first; closing does not. */
export function GatewaySection() {
  const { t } = useTranslation();
  const { gateway } = useApp();
  const open = useRegistryTask();
  const enabled = useSetting('gateway.enabled');
  const control = useSetting('gateway.allow_session_control');
  return (
    <SettingsSection title={t('gateway.title')}>
      <SettingRow title={t('gateway.switch')} hint={t('gateway.switchHint')} setting={enabled}>
        <SettingSwitch
          title={t('gateway.switch')}
          setting={enabled}
          onChange={(on) => {
            if (on) open({ kind: 'open-gateway' });
            else void enabled.change(false);
          }}
        />
      </SettingRow>
      {enabled.view !== undefined && <GatewayState gateway={gateway} />}
      {enabled.view?.value === true && (
        <SettingRow title={t('gateway.control')} hint={t('gateway.controlHint')} setting={control}>
          <SettingSwitch
            title={t('gateway.control')}
            setting={control}
            onChange={(on) => void control.change(on)}
          />
        </SettingRow>
      )}
    </SettingsSection>
  );
}
