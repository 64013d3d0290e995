import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** The two places in a row that take the focus by themselves. */
export type RowPart = 'name' | 'main-button';

const selectors: Record<RowPart, string> = { name: '.row-name', 'main-button': '[data-part="main-button"]' };

/** The id of the registry whose row an element stands in. */
export function rowOf(element: EventTarget): string | undefined {
  if (!(element instanceof Element)) return undefined;
  return element.closest<HTMLElement>('[data-registry]')?.dataset.registry;
}

/** Focuses a part of a row that is in the page, or its name where it has no such part. False if the row is not there. */
export function focusPart(list: HTMLElement, id: string, part: RowPart): boolean {
  const row = [...list.children].find((child) => child.getAttribute('data-registry') === id);
  const target =
    row?.querySelector<HTMLElement>(selectors[part]) ?? row?.querySelector<HTMLElement>(selectors.name);
  target?.focus();
  return target !== undefined && target !== null;
}

/** The rows to keep in the page: those in sight and one more, wherever it is (-1 for none). */
export function rowsInSightAnd(range: Range, index: number): number[] {
  const inSight = defaultRangeExtractor(range);
  if (index < 0 || index >= range.count || inSight.includes(index)) return inSight;
  return [...inSight, index].sort((a, b) => a - b);
}
