import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ManagedMark } from '../ui/managed-mark';
import { RefusedValue } from './refused-value';
import type { SettingState } from './use-setting';

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly setting: SettingState;
  /** The element that names the control, from the title: a label, or a legend's text. */
  readonly children: ReactNode;
  readonly hintId?: string;
  readonly messageId?: string;
}

/** One setting: the control with its hint, whether the organization decided it, and what was refused. */
export function SettingRow({ title, hint, setting, children, hintId, messageId }: Props) {
  const { t } = useTranslation();
  const { view, problem, change } = setting;
  return (
    <div className="setting">
      <div className="setting-control">
        {children}
        {view?.locked === true && <ManagedMark of={title} source={view.source} location={view.location} />}
        {view?.source === 'user' && (
          <button
            type="button"
            className="link-button"
            aria-label={t('settings.resetOf', { setting: title })}
            onClick={() => void change(null)}
          >
            {t('settings.reset')}
          </button>
        )}
      </div>
      {problem !== undefined && (
        <div id={messageId} className="field-message">
          <RefusedValue problem={problem} />
        </div>
      )}
      {hint !== undefined && (
        <small id={hintId} className="field-hint">
          {hint}
        </small>
      )}
    </div>
  );
}
