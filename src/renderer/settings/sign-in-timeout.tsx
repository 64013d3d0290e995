import { type SubmitEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SettingRow } from './setting-row';
import { useSetting } from './use-setting';

/** How long a sign-in waits for the browser. Saved with Enter, or when the field is left. */
export function SignInTimeout() {
  const { t } = useTranslation();
  const id = useId();
  const setting = useSetting('sign_in_timeout_seconds');
  /** While it differs from what main has; kept after a refusal, to be corrected. */
  const [typed, setTyped] = useState<string>();
  const { view, problem, change } = setting;
  const current = String(view?.value ?? '');
  const shown = typed ?? current;
  const save = async () => {
    const text = shown.trim();
    if (text === current) setTyped(undefined);
    else if (await change(/^\d{1,9}$/.test(text) ? Number(text) : text)) setTyped(undefined);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <SettingRow
      title={t('settings.signInTimeout')}
      hint={t('settings.signInTimeoutHint')}
      hintId={`${id}-hint`}
      messageId={`${id}-message`}
      setting={setting}
    >
      <form className="setting-line" onSubmit={submit}>
        <label htmlFor={id}>{t('settings.signInTimeout')}</label>
        <input
          id={id}
          className="text-input setting-number"
          inputMode="numeric"
          autoComplete="off"
          value={shown}
          readOnly={view?.locked !== false}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-message ${id}-hint`}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
          onBlur={() => void save()}
        />
        <span>{t('settings.seconds')}</span>
      </form>
    </SettingRow>
  );
}
