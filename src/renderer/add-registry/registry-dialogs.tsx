import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { FocusAfterDialog, type ListChange } from './focus-after-dialog';
import type { FormDraft } from './form-step';
import { type RegistryTask, RegistryTaskContext } from './registry-task';

/** Loaded when first needed, so that the first screen stays small. */
const RegistryDialog = lazy(async () => ({ default: (await import('./registry-dialog')).RegistryDialog }));

/** `opener` had the focus when the dialog opened. */
type Stage =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'open'; readonly task: RegistryTask; readonly opener: Element | null }
  | { readonly kind: 'closed'; readonly change: ListChange | undefined; readonly opener: Element | null };

/** The page, and over it the dialog of whatever a person does to the list of registries. */
export function RegistryDialogs({ children }: { readonly children: ReactNode }) {
  const [stage, setStage] = useState<Stage>({ kind: 'nothing' });
  /** What was typed for a new registry and not saved: Escape is too easily pressed to lose it. */
  const [draft, setDraft] = useState<FormDraft>();

  const open = useCallback((task: RegistryTask) => {
    setStage({ kind: 'open', task, opener: document.activeElement });
  }, []);
  const close = useCallback((change?: ListChange) => {
    setStage((before) =>
      before.kind === 'open' ? { kind: 'closed', change, opener: before.opener } : before,
    );
  }, []);

  return (
    <RegistryTaskContext value={open}>
      <div className="beneath" inert={stage.kind === 'open'}>
        {children}
      </div>
      {stage.kind === 'closed' && <FocusAfterDialog opener={stage.opener} change={stage.change} />}
      {stage.kind === 'open' && (
        <Suspense fallback={null}>
          <RegistryDialog task={stage.task} draft={draft} onDraft={setDraft} onClose={close} />
        </Suspense>
      )}
    </RegistryTaskContext>
  );
}
