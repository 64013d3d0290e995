import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistryFormRead, RegistryFormValues } from '../../contract/registry-form';
import { useBridge } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { ProblemNotice } from '../ui/problem-notice';
import { Confirmation } from './confirmation';
import { emptyForm } from './empty-form';
import type { ListChange } from './focus-after-dialog';
import { Modal } from '../ui/modal';
import { RegistryFields } from './registry-fields';
import { useRegistryForm } from './use-registry-form';

/** "Add registry": begins where a person left off with Escape. */
export function NewRegistryDialog({
  draft,
  onDraft,
  onClose,
}: {
  readonly draft: RegistryFormValues | undefined;
  readonly onDraft: (values: RegistryFormValues | undefined) => void;
  readonly onClose: (change?: ListChange) => void;
}) {
  const { t } = useTranslation();
  return (
    <FormDialog
      title={t('form.addTitle')}
      initial={draft ?? emptyForm}
      onEscape={(values) => {
        onDraft(values);
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
  onClose,
}: {
  readonly registryId: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const titleId = useId();
  const { commands, view } = useBridge();
  const [read, setRead] = useState<RegistryFormRead>();
  const title = t('form.editTitle', { name: view.registry(registryId)?.name ?? registryId });
  useEffect(() => {
    let isWanted = true;
    void commands
      .ask((client) => client.readRegistryForm({ registryId }))
      .then((answer) => {
        const failed: RegistryFormRead = { ok: false, problem: { code: 'INTERNAL_ERROR', params: {} } };
        if (isWanted) setRead(answer ?? failed);
      });
    return () => {
      isWanted = false;
    };
  }, [commands, registryId]);

  if (read?.ok === true)
    return (
      <FormDialog
        title={title}
        initial={read.values}
        registryId={registryId}
        onEscape={onClose}
        onCancel={onClose}
        onSaved={() => {
          onClose();
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
  readonly initial: RegistryFormValues;
  readonly registryId?: string;
  readonly onEscape: (values: RegistryFormValues) => void;
  readonly onCancel: () => void;
  readonly onSaved: (registryId: string) => void;
}

function FormDialog({ title, initial, registryId, onEscape, onCancel, onSaved }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const titleId = useId();
  const form = useRegistryForm(initial, registryId, (id, name) => {
    announce(t(registryId === undefined ? 'form.added' : 'form.saved', { name }));
    onSaved(id);
  });
  const { step } = form;
  const escape = () => {
    if (step.kind === 'checking') form.cancelCheck();
    else if (step.kind === 'confirming') form.backToEditing();
    else onEscape(form.values);
  };
  return (
    <Modal
      titleId={titleId}
      title={step.kind === 'confirming' ? t('form.confirmTitle') : title}
      onEscape={escape}
    >
      {step.kind === 'confirming' ? (
        <Confirmation
          form={form}
          check={step.check}
          isSaving={step.isSaving}
          isNew={registryId === undefined}
          replaces={registryId}
        />
      ) : (
        <RegistryFields form={form} registryId={registryId} onCancel={onCancel} />
      )}
    </Modal>
  );
}
