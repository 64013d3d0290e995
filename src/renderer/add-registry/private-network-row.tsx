import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProps } from './field';

interface Props extends FieldProps {
  /** The address looks like one of a private network. */
  readonly offered: boolean;
}

/** Permits private addresses for this registry; asked where that matters, also after an address was refused for it. */
export function PrivateNetworkRow({ offered, values, problems, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const hintId = useId();
  const isRefused = problems.some(({ problem }) => problem.code === 'REGISTRY_PRIVATE_ADDRESS');
  if (!offered && !values.allowPrivateIp && !isRefused) return null;
  return (
    <div className="field">
      <label className="tick">
        <input
          type="checkbox"
          checked={values.allowPrivateIp}
          // Not `disabled`, here and for the other choices: that would take the focus, and Escape with it.
          aria-disabled={disabled}
          aria-describedby={hintId}
          onChange={(event) => {
            if (disabled) return;
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
