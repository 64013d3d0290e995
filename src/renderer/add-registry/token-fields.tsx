import { useTranslation } from 'react-i18next';
import { type FieldProps, TextFieldRow } from './field';

/** Where a registry's token comes from; the token itself is never typed into the page. */
export function TokenFields(fields: FieldProps) {
  const { t } = useTranslation();
  return (
    <TextFieldRow
      {...fields}
      field="tokenFile"
      label={t('form.tokenFile')}
      hint={t('form.tokenFileHint')}
      exact
    />
  );
}
