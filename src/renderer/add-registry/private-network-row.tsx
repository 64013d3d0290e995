import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProps } from './field';

/** Permits private addresses for this registry. */
export function PrivateNetworkRow({ values, disabled, onChange }: FieldProps) {
  const { t } = useTranslation();
  const hintId = useId();
  return (
    <div className="field">
      <label className="tick">
        <input
          type="checkbox"
          checked={values.allowPrivateIp}
          disabled={disabled}
          aria-describedby={hintId}
          onChange={(event) => {
            // What was refused about the address may be all right now.
            onChange({ allowPrivateIp: event.target.checked, url: values.url });
          }}
        />
        <span>{t('form.privateNetwork')}</span>
      </label>
      <small id={hintId} className="field-hint">
        {t('form.privateNetworkHint')}
      </small>
    </div>
  );
}
