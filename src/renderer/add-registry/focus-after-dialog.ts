import type { ViewStore } from '../bridge/view-store';

/** Where the focus goes when the place it came from is gone, best first. */
const otherPlaces = ['[data-part="add-registry"]', '.row-name', 'h1'];

/** What a dialog did to the list. The list itself follows with main's next patch, which may come after the dialog closed. */
export type ListChange = { readonly kind: 'added' | 'removed'; readonly id: string };

/**
 * Puts the focus on the button of a registry that was just added, as signing in is what comes next; else back to where it
 * was before the dialog, and on to the next best place once a removed registry has taken that place with it. Returns the
 * function that ends the wait for main's patch.
 */
export function focusAfterDialog(
  view: Pick<ViewStore, 'subscribe' | 'registry'>,
  opener: Element | null,
  change: ListChange | undefined,
): () => void {
  let frame = 0;
  // The page is inert until the closed dialog has been drawn away, and a row is there or gone with the next drawing only.
  const onceDrawn = (focus: () => void) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(focus);
  };
  const focusBest = () => {
    const added = change?.kind === 'added' ? partOfRow(change.id) : undefined;
    (added ?? (isUsable(opener) ? opener : firstOf(otherPlaces)))?.focus();
  };
  const isShown = (id: string) => view.registry(id) !== undefined;
  if (change === undefined || isShown(change.id) === (change.kind === 'added')) {
    onceDrawn(focusBest);
    return () => {
      cancelAnimationFrame(frame);
    };
  }
  if (change.kind === 'removed') onceDrawn(focusBest);
  const stop = view.subscribe(() => {
    if (isShown(change.id) !== (change.kind === 'added')) return;
    stop();
    onceDrawn(() => {
      if (!isUsable(document.activeElement)) focusBest();
    });
  });
  return () => {
    stop();
    cancelAnimationFrame(frame);
  };
}

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
