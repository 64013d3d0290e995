import { type SubmitEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../ui/announcer';
import { busyTextOf } from './busy-text';
import { type FieldProps, TextFieldRow } from './field';
import { FormFoot } from './form-foot';
import { FormProblems, useFocusOnFirstProblem } from './form-problems';
import { PrivateNetworkRow } from './private-network-row';
import { useFormPreview } from './use-form-preview';
import type { RegistryFormState } from './use-registry-form';

interface Props {
  readonly form: RegistryFormState;
  readonly onCancel: () => void;
}

/** All that most people know: the address. Everything else is asked of the registry itself. */
export function AddressStep({ form, onCancel }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { values, problems } = form;
  const formRef = useRef<HTMLFormElement>(null);
  const busyText = busyTextOf(t, form);
  const { offersPrivateNetwork } = useFormPreview(values, undefined);
  useFocusOnFirstProblem(formRef, form.refusals);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busyText !== undefined) return;
    announce(t('form.asking'));
    form.askRegistry();
  };
  const fields: FieldProps = {
    values,
    problems,
    disabled: busyText !== undefined,
    onChange: form.change,
  };
  return (
    <form ref={formRef} className="registry-form" noValidate onSubmit={submit}>
      <div className="modal-body">
        <FormProblems problems={problems} />
        <TextFieldRow
          {...fields}
          field="url"
          label={t('form.url')}
          hint={t('form.urlHint')}
          inputMode="url"
          exact
          autoFocus
        />
        <PrivateNetworkRow {...fields} offered={offersPrivateNetwork} />
        <TextFieldRow {...fields} field="name" label={t('form.name')} hint={t('form.nameHint')} />
        <div className="by-hand">
          <p className="field-hint">{t('form.askingHint')}</p>
          <button
            type="button"
            className="button button-small"
            aria-disabled={busyText !== undefined}
            onClick={() => {
              if (busyText === undefined) form.byHand();
            }}
          >
            {t('form.byHand')}
          </button>
        </div>
      </div>
      <FormFoot
        busyText={busyText}
        leave={t(busyText === undefined ? 'action.cancel' : 'form.stopAsking')}
        onLeave={busyText === undefined ? onCancel : form.stop}
      />
    </form>
  );
}
