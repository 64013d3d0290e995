import { useCallback, useEffect } from 'react';
import { useSelected } from '../bridge/use-bridge';
import type { ViewStore } from '../bridge/view-store';

/** Where the focus goes when the place it came from is gone, best first. */
const otherPlaces = ['[data-part="add-registry"]', '.row-name', 'h1'];

/** What a dialog did to the list. The list itself follows with main's next patch, which may come after the dialog closed. */
export type ListChange = { readonly kind: 'added' | 'adopted' | 'removed'; readonly id: string };

interface Props {
  /** What had the focus when the dialog opened. */
  readonly opener: Element | null;
  readonly change: ListChange | undefined;
}

/**
 * Drawn once a dialog has closed. Puts the focus on the button of a registry that was just added, as signing in is what
 * comes next, and on the details of one that became one's own, as the button that did it is gone; else back to where it
 * was, and on to the next best place when a removed registry takes that with it.
 * It acts after a drawing, when rows are really there or gone, and never takes the focus from somebody who has gone on.
 */
export function FocusAfterDialog({ opener, change }: Props) {
  const isShown = useSelected(
    useCallback((view: ViewStore) => change !== undefined && isDone(change, view), [change]),
  );
  useEffect(() => {
    if (isUsable(document.activeElement) || (isToBeShown(change) && !isShown)) return;
    const changed = isToBeShown(change) ? placeOf(change) : undefined;
    (changed ?? (isUsable(opener) ? opener : firstOf(otherPlaces)))?.focus();
  }, [opener, change, isShown]);
  return null;
}

const isToBeShown = (change: ListChange | undefined): change is ListChange =>
  change !== undefined && change.kind !== 'removed';

/** Whether the list shows a registry as the dialog left it. */
function isDone({ kind, id }: ListChange, view: ViewStore): boolean {
  const registry = view.registry(id);
  return kind === 'adopted' ? registry?.source === 'user' : registry !== undefined;
}

const placeOf = ({ kind, id }: ListChange): HTMLElement | undefined =>
  (kind === 'adopted' ? firstOf(['.details h2']) : undefined) ?? partOfRow(id);

function partOfRow(id: string): HTMLElement | undefined {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-registry]')];
  const row = rows.find(({ dataset }) => dataset['registry'] === id);
  const part =
    row?.querySelector<HTMLElement>('[data-part="main-button"]') ?? row?.querySelector('.row-name');
  return part instanceof HTMLElement ? part : undefined;
}

const isUsable = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement && element.isConnected && element !== document.body;

function firstOf(selectors: readonly string[]): HTMLElement | undefined {
  for (const selector of selectors) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found !== null) return found;
  }
  return undefined;
}
