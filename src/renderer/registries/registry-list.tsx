import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge/use-bridge';
import { neighbour } from '../ui/neighbour';
import { mainAction } from './main-action';
import { useMainActions } from './main-button';
import { RegistryRow } from './registry-row';
import { focusPart, type RowPart, rowOf, rowsInSightAnd } from './row-focus';

/** What the screen may ask of the list. */
export interface ListHandle {
  /** Moves the focus into a row, scrolling it into sight first. */
  focusRow(id: string, part: RowPart): void;
}

interface Props {
  readonly ids: readonly string[];
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  /** The element that scrolls; absent until it is in the page. */
  readonly scroller: HTMLElement | null;
  readonly handle: Ref<ListHandle>;
}

/** From this many rows on, only those in sight are in the page. */
const manyRows = 100;
/** Height in pixels of a row with nothing unfolded, until the real one is measured. */
const rowHeight = 65;

/** The list of registries, with the arrow keys between its rows. */
export function RegistryList({ ids, openId, onOpen, scroller, handle }: Props) {
  const { t } = useTranslation();
  const { view } = useBridge();
  const run = useMainActions();
  const listRef = useRef<HTMLUListElement>(null);
  const [focusedId, setFocusedId] = useState<string>();
  /** Pixels between the top of what scrolls and the first row: a banner may stand there. */
  const [above, setAbove] = useState(0);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- what stands above may change with any drawing; an equal number ends it
  useLayoutEffect(() => {
    setAbove(listRef.current?.offsetTop ?? 0);
  });
  // Found in the developer tools' timeline, and by the bench: the wait of whoever opens the app ends here.
  useEffect(() => {
    performance.mark('registries-shown');
  }, []);
  const many = ids.length > manyRows;
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by the React Compiler
  const virtualizer = useVirtualizer({
    count: ids.length,
    enabled: many,
    getScrollElement: () => scroller,
    scrollMargin: above,
    estimateSize: () => rowHeight,
    // A new function would make the virtualizer go through the whole list with every frame.
    getItemKey: useCallback((index: number) => ids[index] ?? index, [ids]),
    overscan: 6,
    // A row that has the focus stays in the page when it is scrolled out of sight; the focus would be lost with it.
    rangeExtractor: (range) => rowsInSightAnd(range, focusedId === undefined ? -1 : ids.indexOf(focusedId)),
  });

  const focusRow = (id: string, part: RowPart) => {
    const list = listRef.current;
    if (list === null || focusPart(list, id, part)) return;
    virtualizer.scrollToIndex(ids.indexOf(id));
    setFocusedId(id);
    requestAnimationFrame(() => void focusPart(list, id, part));
  };
  useImperativeHandle(handle, () => ({ focusRow }));

  const onKeyDown = (event: KeyboardEvent) => {
    const id = rowOf(event.target);
    if (id === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = neighbour(ids.indexOf(id), ids.length, event.key);
    if (target !== undefined) {
      event.preventDefault();
      focusRow(ids[target] ?? id, 'name');
    } else if (
      event.key === ' ' &&
      event.target instanceof HTMLElement &&
      event.target.matches('.row-name')
    ) {
      event.preventDefault();
      const registry = view.registry(id);
      const action = registry && mainAction(registry);
      if (action !== undefined && !event.repeat) run(id, action);
    }
  };

  const items = virtualizer.getVirtualItems();
  return (
    <ul
      ref={listRef}
      className="rows"
      aria-label={t('registries.title')}
      data-virtual={many}
      style={many ? { height: virtualizer.getTotalSize() } : undefined}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        setFocusedId(rowOf(event.target));
      }}
    >
      {many
        ? items.map(({ index, start }) => {
            const id = ids[index] ?? '';
            return (
              <RegistryRow
                key={id}
                id={id}
                open={id === openId}
                onOpen={onOpen}
                index={index}
                count={ids.length}
                top={start - above}
                measure={virtualizer.measureElement}
              />
            );
          })
        : ids.map((id) => <RegistryRow key={id} id={id} open={id === openId} onOpen={onOpen} />)}
    </ul>
  );
}
