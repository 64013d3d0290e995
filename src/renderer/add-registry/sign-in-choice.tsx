import { useTranslation } from 'react-i18next';
import type { FieldProps } from './field';

/** Whether one signs in to this registry, or what it takes instead. */
export function SignInChoice({ values, disabled, onChange }: FieldProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="field choice">
      <legend>{t('form.authType')}</legend>
      {(['oauth', 'bearer', 'none'] as const).map((authType) => (
        <label key={authType} className="tick">
          <input
            type="radio"
            name="auth-type"
            checked={values.authType === authType}
            aria-disabled={disabled}
            onChange={() => {
              if (!disabled) onChange({ authType });
            }}
          />
          <span>{t(`form.auth.${authType}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
