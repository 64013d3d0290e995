import { Lock, Search } from 'lucide-react';
import { useId, useState } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { SettingValue, SettingView } from '../../contract/view-model';
import { useApp } from '../bridge/use-bridge';
import { sourceText } from '../ui/source-text';
import './effective-settings.css';

/** Every setting as it is in force, with where it comes from, for the person who helps. */
export function EffectiveSettings() {
  const { t } = useTranslation();
  const { settings } = useApp();
  const titleId = useId();
  const [filter, setFilter] = useState('');
  const rows = settings.map((setting) => cellsOf(t, setting));
  const shown = rows.filter(({ text }) => text.includes(filter.trim().toLowerCase()));
  return (
    <section className="support-section" aria-labelledby={titleId}>
      <h2 id={titleId}>{t('effective.title')}</h2>
      <p className="support-lead">{t('effective.hint')}</p>
      <label className="search">
        <Search className="icon" aria-hidden />
        <input
          type="search"
          value={filter}
          aria-label={t('effective.filter')}
          placeholder={t('effective.filter')}
          onChange={(event) => {
            setFilter(event.target.value);
          }}
        />
      </label>
      {/* Scrolls on its own in a narrow window, so it can be reached with the keyboard. */}
      <div className="effective-scroll" tabIndex={0} role="region" aria-label={t('effective.table')}>
        <table className="effective">
          <thead>
            <tr>
              {(['setting', 'value', 'source', 'location', 'locked'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`effective.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ key, value, source, location, locked }) => (
              <tr key={key}>
                <th scope="row" className="exact">
                  {key}
                </th>
                <td className="exact">{value}</td>
                <td>{source}</td>
                <td className="exact">{location}</td>
                <td>
                  {locked ? (
                    <Lock className="icon" role="img" aria-label={t('effective.isLocked')} />
                  ) : (
                    t('effective.isFree')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && settings.length > 0 && (
          <p className="nothing-matches">{t('effective.noMatch')}</p>
        )}
      </div>
    </section>
  );
}

/** The texts of a row, and all of them together in small letters, to be searched. */
function cellsOf(t: TFunction, { key, value, source, location, locked }: SettingView) {
  const shown = { value: valueText(t, value), source: sourceText(t, source) };
  const state = t(locked ? 'effective.isLocked' : 'effective.isFree');
  const text = [key, shown.value, shown.source, location, state].join('\n').toLowerCase();
  return { key, ...shown, location, locked, text };
}

/** As it would stand in the configuration file. */
function valueText(t: TFunction, value: SettingValue | undefined): string {
  if (value === undefined) return t('effective.unset');
  return typeof value === 'object' ? `[${value.join(', ')}]` : String(value);
}
