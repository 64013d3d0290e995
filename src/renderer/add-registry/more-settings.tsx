import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistryFormField } from '../../contract/registry-form';
import { ChoiceRow, type FieldProps, TextFieldRow } from './field';

/** The fields behind "More settings", which opens by itself when one of them has a problem. */
export const moreSettingsFields: readonly RegistryFormField[] = [
  'scopes',
  'audience',
  'audienceParameter',
  'callbackHost',
  'callbackPort',
  'callbackPath',
];

interface Props extends FieldProps {
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** What an administrator says only when the provider wants it. */
export function MoreSettings({ open, onToggle, ...fields }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="more-settings">
      <button
        type="button"
        className="link-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={onToggle}
      >
        <ChevronRight className="icon chevron" aria-hidden />
        {t('form.more')}
      </button>
      <div id={id} className="more-fields" hidden={!open}>
        <p className="field-hint">{t('form.moreHint')}</p>
        <TextFieldRow {...fields} field="scopes" label={t('form.scopes')} hint={t('form.scopesHint')} exact />
        <TextFieldRow
          {...fields}
          field="audience"
          label={t('form.audience')}
          hint={t('form.audienceHint')}
          exact
        />
        <ChoiceRow
          {...fields}
          field="audienceParameter"
          label={t('form.audienceParameter')}
          options={[
            { value: 'audience', text: t('form.asAudience') },
            { value: 'resource', text: t('form.asResource') },
            { value: 'none', text: t('form.notSent') },
          ]}
        />
        <div className="field-group">
          <ChoiceRow
            {...fields}
            field="callbackHost"
            label={t('form.callbackHost')}
            options={[
              { value: 'automatic', text: t('form.automatic') },
              { value: '127.0.0.1', text: '127.0.0.1' },
              { value: 'localhost', text: 'localhost' },
            ]}
          />
          <TextFieldRow
            {...fields}
            field="callbackPort"
            label={t('form.callbackPort')}
            hint={t('form.callbackPortHint')}
            inputMode="numeric"
            exact
          />
          <TextFieldRow
            {...fields}
            field="callbackPath"
            label={t('form.callbackPath')}
            hint={t('form.callbackPathHint')}
            exact
          />
        </div>
      </div>
    </div>
  );
}
