import { GatewayConsent } from '../settings/gateway-consent';
import '../ui/fields.css';
import './add-registry.css';
import type { ListChange } from './focus-after-dialog';
import { AdoptionDialog } from './adoption-dialog';
import type { FormDraft } from './form-step';
import { EditRegistryDialog, NewRegistryDialog } from './registry-form-dialog';
import type { RegistryTask } from './registry-task';
import { RemovalDialog } from './removal-dialog';
import { TokenDialog } from './token-dialog';

interface Props {
  readonly task: RegistryTask;
  /** What was typed for a new registry before, and the function that keeps or (with undefined) drops it. */
  readonly draft: FormDraft | undefined;
  readonly onDraft: (draft: FormDraft | undefined) => void;
  /** With what changed in the list, if anything did. */
  readonly onClose: (change?: ListChange) => void;
}

/** The dialog of one task. */
export function RegistryDialog({ task, draft, onDraft, onClose }: Props) {
  // For those that change nothing in the list; it takes no argument, so that no event is taken for a change.
  const leave = () => {
    onClose();
  };
  switch (task.kind) {
    case 'add':
      return <NewRegistryDialog draft={draft} onDraft={onDraft} onClose={onClose} />;
    case 'edit':
      return <EditRegistryDialog registryId={task.registryId} onClose={leave} />;
    case 'set-up-sign-in':
      return (
        <EditRegistryDialog
          registryId={task.registryId}
          beginsByAsking
          onClose={leave}
          onSaved={() => {
            // As with a new one, signing in is what comes next.
            onClose({ kind: 'added', id: task.registryId });
          }}
        />
      );
    case 'adopt':
      return <AdoptionDialog registryId={task.registryId} onClose={onClose} />;
    case 'remove':
    case 'forget':
      return <RemovalDialog verb={task.kind} registryId={task.registryId} onClose={onClose} />;
    case 'token':
      return <TokenDialog registryId={task.registryId} onClose={leave} />;
    case 'open-gateway':
      return <GatewayConsent onClose={leave} />;
  }
}
