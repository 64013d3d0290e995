import { type RefObject, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../../contract/registry-form';
import { useAnnounce } from '../ui/announcer';
import { ProblemNotice } from '../ui/problem-notice';
import { fieldAttribute, type FieldProps, TextFieldRow } from './field';
import { MoreSettings, moreSettingsFields } from './more-settings';
import { PrivateNetworkRow } from './private-network-row';
import { RedirectAddress } from './redirect-address';
import { SignInChoice } from './sign-in-choice';
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
  const isChecking = step.kind === 'checking';
  const checkingText = t(values.authType === 'oauth' ? 'form.checkingIssuer' : 'form.checking');
  const { redirectUri, offersPrivateNetwork } = useFormPreview(values, registryId);
  const [isMoreOpen, setMoreOpen] = useState(false);
  const isMoreNeeded = problems.some(
    ({ field }) => field !== undefined && moreSettingsFields.includes(field),
  );
  useFocusOnFirstProblem(formRef, form.refusals);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isChecking) return;
    announce(checkingText);
    form.check();
  };
  const fields: FieldProps = { values, problems, disabled: isChecking, onChange: form.change };
  const general = problems.filter(({ field }) => field === undefined);
  return (
    <form ref={formRef} className="registry-form" noValidate onSubmit={submit}>
      <div className="modal-body">
        {general.map(({ problem }) => (
          <div key={problem.code} tabIndex={-1} {...{ [fieldAttribute]: '' }}>
            <ProblemNotice problem={problem} />
          </div>
        ))}
        <TextFieldRow
          {...fields}
          field="url"
          label={t('form.url')}
          hint={t('form.urlHint')}
          inputMode="url"
          exact
          autoFocus
        />
        {(offersPrivateNetwork || values.allowPrivateIp || isRefusedAsPrivate(problems)) && (
          <PrivateNetworkRow {...fields} />
        )}
        <TextFieldRow {...fields} field="name" label={t('form.name')} hint={t('form.nameHint')} />
        {values.authType === 'bearer' ? (
          <p className="field-hint">{t('form.bearerKept')}</p>
        ) : (
          <SignInChoice {...fields} />
        )}
        {values.authType === 'oauth' && (
          <>
            <TextFieldRow
              {...fields}
              field="issuer"
              label={t('form.issuer')}
              hint={t('form.issuerHint')}
              inputMode="url"
              exact
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
      <div className="modal-foot">
        <p className="modal-status">{isChecking ? checkingText : ''}</p>
        <button type="button" className="button" onClick={isChecking ? form.cancelCheck : onCancel}>
          {t(isChecking ? 'form.cancelCheck' : 'action.cancel')}
        </button>
        <button type="submit" className="button button-strong" aria-disabled={isChecking}>
          {t('form.continue')}
        </button>
      </div>
    </form>
  );
}

/** After a check that refused something, the focus goes to the first of it in the order of the page. */
function useFocusOnFirstProblem(formRef: RefObject<HTMLFormElement | null>, refusals: number): void {
  useEffect(() => {
    const wrong = formRef.current?.querySelector<HTMLElement>(
      `[${fieldAttribute}=""], [${fieldAttribute}][aria-invalid="true"]`,
    );
    wrong?.focus();
  }, [formRef, refusals]);
}

/** Main refused the address only because it is inside a private network: then that is worth asking. */
const isRefusedAsPrivate = (problems: readonly FieldProblem[]): boolean =>
  problems.some(({ problem }) => problem.code === 'REGISTRY_PRIVATE_ADDRESS');
