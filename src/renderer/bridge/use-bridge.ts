import { createContext, use, useCallback, useMemo, useSyncExternalStore } from 'react';
import type { AppView, Problem, RegistryView } from '../../contract/view-model';
import type { Bridge } from './connect';
import type { ViewStore } from './view-store';

export const BridgeContext = createContext<Bridge | undefined>(undefined);

export function useBridge(): Bridge {
  const bridge = use(BridgeContext);
  if (bridge === undefined) throw new Error('A component that needs the bridge stands outside its context.');
  return bridge;
}

/** One registry; the component draws again when that registry changes, not when another does. */
export function useRegistry(id: string): RegistryView | undefined {
  const { view } = useBridge();
  const subscribe = useCallback((listener: () => void) => view.subscribeRegistry(id, listener), [view, id]);
  return useSyncExternalStore(subscribe, () => view.registry(id));
}

export function useApp(): AppView {
  const { view } = useBridge();
  return useSyncExternalStore(view.subscribe, view.app);
}

/**
 * Something computed from the whole view. The component draws again only when the result is another, compared as
 * text, so `select` must be stable (module function or `useCallback`) and return plain data.
 */
export function useSelected<T>(select: (view: ViewStore) => T): T {
  const { view } = useBridge();
  const snapshot = useMemo(() => oncePerRevision(view, select), [view, select]);
  return useSyncExternalStore(view.subscribe, snapshot);
}

/** The refusal of the last command sent for this registry (the empty id means the app as a whole). */
export function useCommandProblem(registryId: string): Problem | undefined {
  const { commands } = useBridge();
  return useSyncExternalStore(commands.subscribe, () => commands.problem(registryId));
}

/**
 * Computes once per change of the view, however often React asks, and gives the earlier object back as long as the new
 * one says the same.
 */
function oncePerRevision<T>(view: ViewStore, select: (view: ViewStore) => T): () => T {
  let last: { readonly revision: number; readonly text: string; readonly value: T } | undefined;
  return () => {
    const revision = view.revision();
    if (last?.revision === revision) return last.value;
    const value = select(view);
    const text = JSON.stringify(value);
    last = { revision, text, value: last?.text === text ? last.value : value };
    return last.value;
  };
}
