import { useEffect, useEffectEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { ProblemNotice } from '../ui/problem-notice';
import { AddressStep } from './address-step';
import { Confirmation } from './confirmation';
import { emptyForm } from './empty-form';
import type { ListChange } from './focus-after-dialog';
import type { FormDraft } from './form-step';
import { Modal } from '../ui/modal';
import { OffersStep } from './offers-step';
import { RegistryFields } from './registry-fields';
import { useRegistryAsWritten } from './use-registry-as-written';
import { type RegistryFormState, useRegistryForm } from './use-registry-form';

/** "Add registry": begins where a person left off with Escape. */
export function NewRegistryDialog({
  draft,
  onDraft,
  onClose,
}: {
  readonly draft: FormDraft | undefined;
  readonly onDraft: (draft: FormDraft | undefined) => void;
  readonly onClose: (change?: ListChange) => void;
}) {
  const { t } = useTranslation();
  return (
    <FormDialog
      title={t('form.addTitle')}
      initial={draft ?? { values: emptyForm, isIssuerLearnt: false }}
      onEscape={(left) => {
        onDraft(left);
        onClose();
      }}
      onCancel={() => {
        onDraft(undefined);
        onClose();
      }}
      onSaved={(id) => {
        onDraft(undefined);
        onClose({ kind: 'added', id });
      }}
    />
  );
}

/** "Edit": main says what the file has now. */
export function EditRegistryDialog({
  registryId,
  beginsByAsking = false,
  onClose,
  onSaved = onClose,
}: {
  readonly registryId: string;
  /** The registry is asked at once how one signs in to it. */
  readonly beginsByAsking?: boolean;
  readonly onClose: () => void;
  readonly onSaved?: () => void;
}) {
  const { t } = useTranslation();
  const titleId = useId();
  const { view } = useBridge();
  const read = useRegistryAsWritten(registryId);
  const title = t('form.editTitle', { name: view.registry(registryId)?.name ?? registryId });
  if (read?.ok === true)
    return (
      <FormDialog
        title={title}
        initial={{ values: read.values, isIssuerLearnt: false }}
        registryId={registryId}
        beginsByAsking={beginsByAsking}
        onEscape={onClose}
        onCancel={onClose}
        onSaved={() => {
          onSaved();
        }}
      />
    );
  return (
    <Modal titleId={titleId} title={title} onEscape={onClose}>
      <div className="modal-body">
        {read === undefined ? <p>{t('form.reading')}</p> : <ProblemNotice problem={read.problem} />}
      </div>
      <div className="modal-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('form.close')}
        </button>
      </div>
    </Modal>
  );
}

interface Props {
  readonly title: string;
  readonly initial: FormDraft;
  readonly registryId?: string;
  readonly beginsByAsking?: boolean;
  readonly onEscape: (left: FormDraft) => void;
  readonly onCancel: () => void;
  readonly onSaved: (registryId: string) => void;
}

function FormDialog(props: Props) {
  const { title, initial, registryId, beginsByAsking = false, onEscape, onCancel, onSaved } = props;
  const { t } = useTranslation();
  const announce = useAnnounce();
  const titleId = useId();
  const form = useRegistryForm(initial, registryId, (id, name) => {
    announce(t(registryId === undefined ? 'form.added' : 'form.saved', { name }));
    onSaved(id);
  });
  const begin = useEffectEvent(() => {
    if (!beginsByAsking) return;
    announce(t('form.asking'));
    form.askRegistry();
  });
  useEffect(() => {
    begin();
  }, []);
  const { step } = form;
  const escape = () => {
    if (step.kind === 'asking' || step.kind === 'checking') form.stop();
    else if (step.kind === 'confirming') form.backToTyping();
    else onEscape({ values: form.values, isIssuerLearnt: form.isIssuerLearnt });
  };
  return (
    <Modal
      titleId={titleId}
      title={step.kind === 'confirming' ? t('form.confirmTitle') : title}
      onEscape={escape}
    >
      <Step form={form} registryId={registryId} onCancel={onCancel} />
    </Modal>
  );
}

interface StepProps {
  readonly form: RegistryFormState;
  readonly registryId: string | undefined;
  readonly onCancel: () => void;
}

function Step({ form, registryId, onCancel }: StepProps) {
  const { step } = form;
  if (step.kind === 'confirming')
    return (
      <Confirmation
        form={form}
        check={step.check}
        isSaving={step.isSaving}
        purpose={registryId === undefined ? 'add' : 'save'}
        onBack={form.backToTyping}
        replaces={registryId}
      />
    );
  const shown = step.kind === 'checking' ? step.from : step;
  switch (shown.kind) {
    case 'address':
    case 'asking':
      return <AddressStep form={form} onCancel={onCancel} />;
    case 'offers':
      return <OffersStep form={form} said={shown.said} onBack={form.backToAddress} />;
    case 'editing':
      return <RegistryFields form={form} registryId={registryId} onCancel={onCancel} />;
  }
}
