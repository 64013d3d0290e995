import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { RegistryFormValues } from '../../contract/registry-form';
import { useBridge } from '../bridge/use-bridge';
import { focusAfterDialog, type ListChange } from './focus-after-dialog';
import { type RegistryTask, RegistryTaskContext } from './registry-task';

/** Loaded when first needed, so that the first screen stays small. */
const RegistryDialog = lazy(async () => ({ default: (await import('./registry-dialog')).RegistryDialog }));

/** The page, and over it the dialog of whatever a person does to the list of registries. */
export function RegistryDialogs({ children }: { readonly children: ReactNode }) {
  const { view } = useBridge();
  const [task, setTask] = useState<RegistryTask>();
  /** What was typed for a new registry and not saved: Escape is too easily pressed to lose it. */
  const [draft, setDraft] = useState<RegistryFormValues>();
  const opener = useRef<Element | null>(null);
  const stopWaiting = useRef<() => void>(undefined);
  useEffect(() => () => stopWaiting.current?.(), []);

  const open = useCallback((wanted: RegistryTask) => {
    stopWaiting.current?.();
    opener.current = document.activeElement;
    setTask(wanted);
  }, []);
  const close = useCallback(
    (change?: ListChange) => {
      setTask(undefined);
      stopWaiting.current = focusAfterDialog(view, opener.current, change);
    },
    [view],
  );

  return (
    <RegistryTaskContext value={open}>
      <div className="beneath" inert={task !== undefined}>
        {children}
      </div>
      {task !== undefined && (
        <Suspense fallback={null}>
          <RegistryDialog task={task} draft={draft} onDraft={setDraft} onClose={close} />
        </Suspense>
      )}
    </RegistryTaskContext>
  );
}
