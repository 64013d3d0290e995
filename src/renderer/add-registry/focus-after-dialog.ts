import type { ViewStore } from '../bridge/view-store';

/** Where the focus goes when the place it came from is gone, best first. */
const otherPlaces = ['[data-part="add-registry"]', '.row-name', 'h1'];

/**
 * Puts the focus on the button of a registry that was just added, as signing in is what comes next; without one, back to
 * where it was before the dialog. Returns the function that ends the wait for the new row.
 */
export function focusAfterDialog(
  view: Pick<ViewStore, 'subscribe' | 'registry'>,
  opener: Element | null,
  addedId: string | undefined,
): () => void {
  let stop = () => {};
  const focusNow = () => {
    stop();
    // The page is inert until the closed dialog has been drawn away.
    const frame = requestAnimationFrame(() => {
      const target =
        (addedId === undefined ? undefined : partOfRow(addedId)) ?? (isUsable(opener) ? opener : undefined);
      (target ?? firstOf(otherPlaces))?.focus();
    });
    stop = () => {
      cancelAnimationFrame(frame);
    };
  };
  if (addedId === undefined || view.registry(addedId) !== undefined) focusNow();
  else
    stop = view.subscribe(() => {
      if (view.registry(addedId) !== undefined) focusNow();
    });
  return () => {
    stop();
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
