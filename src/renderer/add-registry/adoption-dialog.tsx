import { useEffect, useEffectEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistryFormValues } from '../../contract/registry-form';
import type { Problem, RegistryView } from '../../contract/view-model';
import { useApp, useBridge } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { Modal } from '../ui/modal';
import { ProblemNotice } from '../ui/problem-notice';
import { Confirmation } from './confirmation';
import type { ListChange } from './focus-after-dialog';
import { useRegistryAsWritten } from './use-registry-as-written';
import { useRegistryForm } from './use-registry-form';

interface Props {
  readonly registryId: string;
  /** With what changed in the list, if anything did. */
  readonly onClose: (change?: ListChange) => void;
}

/** "Keep as my own": says what becomes of ToolHive's entry and of the sign-in, then asks. */
export function AdoptionDialog({ registryId, onClose }: Props) {
  const { t } = useTranslation();
  const titleId = useId();
  const { view } = useBridge();
  // As it was when the question was asked: once it is one's own, it is another one.
  const [registry] = useState(() => view.registry(registryId));
  const read = useRegistryAsWritten(registryId);
  if (registry === undefined) return null;
  const leave = () => {
    onClose();
  };
  return (
    <Modal titleId={titleId} title={t('adopt.title', { name: registry.name })} onEscape={leave}>
      {read?.ok === true ? (
        <Adoption registry={registry} values={read.values} onClose={onClose} />
      ) : (
        <Waiting problems={read === undefined ? [] : [read.problem]} onClose={leave} />
      )}
    </Modal>
  );
}

interface AdoptionProps {
  readonly registry: RegistryView;
  readonly values: RegistryFormValues;
  readonly onClose: (change?: ListChange) => void;
}

function Adoption({ registry, values, onClose }: AdoptionProps) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { configurationFile } = useApp();
  const { id, name, status, toolhive } = registry;
  const form = useRegistryForm({ values, isIssuerLearnt: false }, id, () => {
    announce(t('adopt.done', { name }));
    onClose({ kind: 'adopted', id });
  });
  const check = useEffectEvent(() => {
    form.check();
  });
  useEffect(() => {
    check();
  }, []);

  const { step, problems } = form;
  const leave = () => {
    form.stop();
    onClose();
  };
  if (step.kind !== 'confirming')
    return <Waiting problems={problems.map(({ problem }) => problem)} onClose={leave} />;
  const isKept = status === 'authenticated' && step.check.consequences.length === 0;
  return (
    <Confirmation
      form={form}
      check={step.check}
      isSaving={step.isSaving}
      purpose="adopt"
      replaces={id}
      onBack={leave}
    >
      <ul className="removal-text">
        <li>{t('adopt.entry', { file: configurationFile })}</li>
        <li>{t('adopt.toolhive')}</li>
        {isKept && <li>{t('adopt.sessionKept')}</li>}
        {toolhive?.isSignedIn === true && <li>{t('adopt.thvKeepsItsOwn')}</li>}
      </ul>
    </Confirmation>
  );
}

/** Until main has judged it; with what stands against it, if anything does. */
function Waiting({
  problems,
  onClose,
}: {
  readonly problems: readonly Problem[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <div className="modal-body">
        {problems.length === 0 && <p>{t('form.checking')}</p>}
        {problems.map((problem) => (
          <ProblemNotice key={problem.code} problem={problem} />
        ))}
      </div>
      <div className="modal-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('form.close')}
        </button>
      </div>
    </>
  );
}
