import { type SubmitEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnounce } from '../ui/announcer';
import { busyTextOf } from './busy-text';
import { type FieldProps, TextFieldRow } from './field';
import { FormFoot } from './form-foot';
import { FormProblems, useFocusOnFirstProblem } from './form-problems';
import { MoreSettings, moreSettingsFields } from './more-settings';
import { NotSaidNotice } from './not-said-notice';
import { PrivateNetworkRow } from './private-network-row';
import { RedirectAddress } from './redirect-address';
import { SignInChoice } from './sign-in-choice';
import { TokenFields } from './token-fields';
import { useFormPreview } from './use-form-preview';
import type { RegistryFormState } from './use-registry-form';

interface Props {
  readonly form: RegistryFormState;
  /** The registry that is edited; absent when one is added. */
  readonly registryId: string | undefined;
  readonly onCancel: () => void;
}

/** The form itself: the address first, then who signs people in, then what few ever need. */
export function RegistryFields({ form, registryId, onCancel }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { values, problems, step } = form;
  const formRef = useRef<HTMLFormElement>(null);
  const busyText = busyTextOf(t, form);
  const notSaid = step.kind === 'editing' ? step.notSaid : undefined;
  const { redirectUri, offersPrivateNetwork } = useFormPreview(values, registryId);
  const [isMoreOpen, setMoreOpen] = useState(false);
  const isMoreNeeded = problems.some(
    ({ field }) => field !== undefined && moreSettingsFields.includes(field),
  );
  useFocusOnFirstProblem(formRef, form.refusals);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busyText !== undefined) return;
    announce(t(values.authType === 'oauth' ? 'form.checkingIssuer' : 'form.checking'));
    form.check();
  };
  const fields: FieldProps = { values, problems, disabled: busyText !== undefined, onChange: form.change };
  return (
    <form ref={formRef} className="registry-form" noValidate onSubmit={submit}>
      <div className="modal-body">
        <FormProblems problems={problems} />
        {notSaid !== undefined && <NotSaidNotice notSaid={notSaid} />}
        <TextFieldRow
          {...fields}
          field="url"
          label={t('form.url')}
          hint={t('form.urlHint')}
          inputMode="url"
          exact
          autoFocus={notSaid === undefined}
        />
        <PrivateNetworkRow {...fields} offered={offersPrivateNetwork} />
        <TextFieldRow {...fields} field="name" label={t('form.name')} hint={t('form.nameHint')} />
        <SignInChoice {...fields} />
        {values.authType === 'bearer' && <TokenFields {...fields} />}
        {values.authType === 'oauth' && (
          <>
            <TextFieldRow
              {...fields}
              field="issuer"
              label={t('form.issuer')}
              hint={t('form.issuerHint')}
              inputMode="url"
              exact
              autoFocus={notSaid !== undefined}
            />
            <TextFieldRow
              {...fields}
              field="clientId"
              label={t('form.clientId')}
              hint={t('form.clientIdHint')}
              exact
            />
            <RedirectAddress address={redirectUri} values={values} replaces={registryId} />
            <MoreSettings
              {...fields}
              open={isMoreOpen || isMoreNeeded}
              onToggle={() => {
                setMoreOpen(!(isMoreOpen || isMoreNeeded));
              }}
            />
          </>
        )}
      </div>
      <FormFoot
        busyText={busyText}
        leave={t(busyText === undefined ? 'action.cancel' : 'form.cancelCheck')}
        onLeave={busyText === undefined ? onCancel : form.stop}
      />
    </form>
  );
}
