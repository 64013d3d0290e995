import { useTranslation } from 'react-i18next';
import { SettingRow } from './setting-row';
import { useSetting } from './use-setting';

const themes = ['system', 'light', 'dark'] as const;

/** Light, dark, or as the system has it. */
export function ThemeChoice() {
  const { t } = useTranslation();
  const setting = useSetting('theme');
  const { view, change } = setting;
  return (
    <SettingRow title={t('settings.theme')} setting={setting}>
      <fieldset className="choice setting-line" disabled={view?.locked !== false}>
        <legend className="setting-name">{t('settings.theme')}</legend>
        {themes.map((theme) => (
          <label key={theme} className="tick">
            <input
              type="radio"
              name="theme"
              checked={view?.value === theme}
              onChange={() => void change(theme)}
            />
            <span>{t(`settings.themes.${theme}`)}</span>
          </label>
        ))}
      </fieldset>
    </SettingRow>
  );
}
